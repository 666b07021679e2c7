// SPDX-License-Identifier: BSL-1.0
// A small set of pictures that a small network learns in a second: one bar, upright or across, in noise.
#pragma once

#include <aquatint/train.hpp>
#include <memory>

namespace bars {

using namespace aquatint;

inline constexpr Size side = 10, classes = 8;

struct Pictures {
    std::vector<Byte> pixels, labels;

    explicit Pictures(Size count, UInt64 seed, Size channels = 1) : width(side * side * channels) {
        train::Random random(seed);
        for (Size i = 0; i < count; ++i) {
            const Size label = random.below(classes), place = 1 + label % 4 * 2;
            labels.push_back(static_cast<Byte>(label));
            for (Size y = 0; y < side; ++y)
                for (Size x = 0; x < side; ++x) {
                    const bool lit = (label < 4 ? x : y) == place;
                    for (Size c = 0; c < channels; ++c) pixels.push_back(static_cast<Byte>((lit ? 110 : 20) + random.below(100)));
                }
        }
    }
    Size count() const { return labels.size(); }
    const Byte* operator[](Size i) const { return pixels.data() + i * width; }
    train::Data data() const { return {MatrixView<const Byte>(pixels.data(), count(), width), VectorView<const Byte>(labels)}; }

private:
    Size width;
};

template <class Precision, class First = Quantized<aquatint::Precision<Real, Real>, Conv<16, Kernel<3>>>, Size Channels = 1,
          class Last = aquatint::Precision<Real, Real>>
struct Small
    : Network<
          Input<Image<side, side, Channels>, Uniform<8>>, First, BatchNorm, Relu,
          Quantized<Precision, Residual<Conv<16, Kernel<3>>, BatchNorm>, Relu, Conv<24, Kernel<3>, Stride<2>>, BatchNorm, Relu>,
          GlobalAverage, Quantized<Last, Dense<classes>>> {};

/// How many of the pictures the packed network reads right.
template <class Net>
Size count_right(const Parameters<Net>& parameters, const Pictures& pictures) {
    const auto arena = std::make_unique<Arena<Net>>();
    Size right = 0;
    for (Size i = 0; i < pictures.count(); ++i)
        right += train::largest_of(infer(parameters, *arena, pictures[i]).data, classes) == pictures.labels[i] ? 1u : 0u;
    return right;
}
/// How many of them it reads as the model does.
template <class Net, class Method>
Size count_agreeing(train::Model<Net, Method>& model, const Parameters<Net>& parameters, const Pictures& pictures) {
    const auto arena = std::make_unique<Arena<Net>>();
    const std::vector<float> simulated = train::outputs_of(model, pictures.data());
    Size same = 0;
    for (Size i = 0; i < pictures.count(); ++i) {
        const Size packed = train::largest_of(infer(parameters, *arena, pictures[i]).data, classes);
        same += packed == train::largest_of(simulated.data() + i * classes, classes) ? 1u : 0u;
    }
    return same;
}

}  // namespace bars
