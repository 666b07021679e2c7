// SPDX-License-Identifier: BSL-1.0
// What a network is trained on: samples from the user's own memory, shuffled and augmented on their way into a batch.
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include <aquatint/base/shape.hpp>
#include <aquatint/base/view.hpp>
#include <aquatint/calibrate/float_model.hpp>
#include <aquatint/train/random.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Samples by number. Inputs are what `infer` takes: bytes or floats, height, width, channel. Either labels or targets. Views are
/// borrowed; where samples lie otherwise, set the functions.
struct Data {
    Size size = 0;
    std::function<const Byte*(Size)> bytes;
    std::function<const float*(Size)> reals;
    std::function<Size(Size)> label;            ///< a class
    std::function<const float*(Size)> target;   ///< as many floats as the network has outputs

    Data() = default;
    Data(MatrixView<const Byte> inputs, VectorView<const Byte> labels) : size(inputs.rows) {
        bytes = [inputs](Size i) { return inputs[i].data; };
        label = [labels](Size i) { return static_cast<Size>(labels[i]); };
    }
    Data(MatrixView<const float> inputs, VectorView<const Byte> labels) : size(inputs.rows) {
        reals = [inputs](Size i) { return inputs[i].data; };
        label = [labels](Size i) { return static_cast<Size>(labels[i]); };
    }
    Data(MatrixView<const float> inputs, MatrixView<const float> targets) : size(inputs.rows) {
        reals = [inputs](Size i) { return inputs[i].data; };
        target = [targets](Size i) { return targets[i].data; };
    }
    Data(MatrixView<const Byte> inputs, MatrixView<const float> targets) : size(inputs.rows) {
        bytes = [inputs](Size i) { return inputs[i].data; };
        target = [targets](Size i) { return targets[i].data; };
    }
    /// Some of them.
    Data part(Size first, Size count) const {
        Data some;
        some.size = count;
        if (bytes) some.bytes = [own = bytes, first](Size i) { return own(first + i); };
        if (reals) some.reals = [own = reals, first](Size i) { return own(first + i); };
        if (label) some.label = [own = label, first](Size i) { return own(first + i); };
        if (target) some.target = [own = target, first](Size i) { return own(first + i); };
        return some;
    }
};

/// By mean and deviation of all bytes of the data, each channel of an input of this shape by its own.
inline Normalization normalization_of(const Data& data, Shape shape) {
    std::vector<double> sum(shape.channels), squares(shape.channels);
    for (Size sample = 0; sample < data.size; ++sample) {
        const Byte* bytes = data.bytes(sample);
        for (Size pixel = 0; pixel < shape.pixels(); ++pixel)
            for (Size c = 0; c < shape.channels; ++c) {
                const double x = *bytes++ / 255.0;
                sum[c] += x;
                squares[c] += x * x;
            }
    }
    Normalization found;
    const auto count = static_cast<double>(most<Size>(data.size * shape.pixels(), 1));
    for (Size c = 0; c < shape.channels; ++c) {
        const double mean = sum[c] / count, variance = squares[c] / count - mean * mean;
        found.mean.push_back(static_cast<float>(mean));
        found.deviation.push_back(static_cast<float>(std::sqrt(most(variance, 1e-6))));   // of one color only, too
    }
    return found;
}

/// What may happen to a training image each time that it is seen.
struct Augmentation {
    Size shift = 0;      ///< it moves by up to so many pixels in each direction, zeros (black) follow
    bool flip = false;   ///< left and right are exchanged half of the time
};

/// One sample as the network's float input: normalized, and moved by `rows`, `columns`, mirrored or not.
struct Placed {
    int rows = 0, columns = 0;
    bool mirrored = false;

    static Placed random(const Augmentation& augmentation, Random random) {
        Placed placed;
        const Size choices = 2 * augmentation.shift + 1;
        placed.rows = static_cast<int>(random.below(choices)) - static_cast<int>(augmentation.shift);
        placed.columns = static_cast<int>(random.below(choices)) - static_cast<int>(augmentation.shift);
        placed.mirrored = augmentation.flip && random.below(2) == 1;
        return placed;
    }
};
inline void read_sample(const Data& data, Size sample, Shape shape, const Normalization& normalization, const Placed& placed,
                        float* input) {
    const Byte* bytes = data.bytes ? data.bytes(sample) : nullptr;
    const float* reals = data.bytes ? nullptr : data.reals(sample);
    std::vector<float> scale(shape.channels, 1.0f), zero(shape.channels, 0.0f);
    if (bytes != nullptr)
        for (Size c = 0; c < shape.channels; ++c) {
            scale[c] = static_cast<float>(normalization.scale(c));
            zero[c] = static_cast<float>(normalization.zero(c));
        }
    for (Size y = 0; y < shape.height; ++y)
        for (Size x = 0; x < shape.width; ++x) {
            const Int64 row = static_cast<Int64>(y) + placed.rows;
            const Int64 column = static_cast<Int64>(placed.mirrored ? shape.width - 1 - x : x) + placed.columns;
            const bool inside =
                row >= 0 && column >= 0 && row < static_cast<Int64>(shape.height) && column < static_cast<Int64>(shape.width);
            const Size from = inside ? (static_cast<Size>(row) * shape.width + static_cast<Size>(column)) * shape.channels : 0;
            for (Size c = 0; c < shape.channels; ++c) {
                const float number = !inside ? 0.0f : bytes != nullptr ? static_cast<float>(bytes[from + c]) : reals[from + c];
                *input++ = scale[c] * (number - zero[c]);
            }
        }
}

/// The order of an epoch (Fisher and Yates).
inline std::vector<UInt32> shuffled(Size count, Random random) {
    std::vector<UInt32> order(count);
    for (Size i = 0; i < count; ++i) order[i] = static_cast<UInt32>(i);
    for (Size i = count; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    return order;
}

}}}  // namespace aquatint::train
