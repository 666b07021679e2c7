// SPDX-License-Identifier: BSL-1.0
// Networks of quantizers with real offsets, against their float formula in plain loops; wrong
// borders and a lost offset must show.
#include "../support/pretrained_binary.hpp"
#include "models.hpp"

#include <doctest/doctest.h>

using namespace aquatint;

namespace {

constexpr Size side = 6, inputs = 8, outputs = 20;

template <Size Step>
struct OneLayer : Network<Input<Image<side, side, inputs>, Real>,
                          Quantized<Precision<AdaptiveBinary, AdaptiveBinary>, Conv<outputs, Kernel<3>, Stride<Step>>>> {};

enum class Outside { nothing, lower_level, upper_level };

struct Formula {
    std::vector<float> weight;   ///< [outputs][inputs][3][3]
    double alpha = 0.6, beta = 0.3;
    bool weight_offset = true;

    /// y = sum of (a sign(w - b) + b) * alpha (sign(x - beta) + beta), with whatever stands outside of the image.
    double run(const std::vector<float>& image, Size output, Size row, Size column, Size stride, Outside outside) const {
        const float* own = weight.data() + output * inputs * 9;
        double mean = 0, square = 0;
        for (Size i = 0; i < inputs * 9; ++i) mean += static_cast<double>(own[i]) / (inputs * 9);
        for (Size i = 0; i < inputs * 9; ++i)
            square += (static_cast<double>(own[i]) - mean) * (static_cast<double>(own[i]) - mean) / (inputs * 9);
        const double a = std::sqrt(square), b = weight_offset ? mean : 0;
        double sum = 0;
        for (Size c = 0; c < inputs; ++c)
            for (Size ky = 0; ky < 3; ++ky)
                for (Size kx = 0; kx < 3; ++kx) {
                    const Size y = row * stride + ky, x = column * stride + kx;
                    const bool inside = y >= 1 && x >= 1 && y <= side && x <= side;
                    double sign = outside == Outside::upper_level ? 1 : -1;
                    if (inside) sign = static_cast<double>(image[((y - 1) * side + x - 1) * inputs + c]) >= beta ? 1 : -1;
                    else if (outside == Outside::nothing) continue;
                    const double w = (static_cast<double>(own[c * 9 + ky * 3 + kx]) >= mean ? a : -a) + b;
                    sum += w * alpha * (sign + beta);
                }
        return sum;
    }
};

template <Size Step>
double difference(const Formula& expected, Outside outside) {
    using Net = OneLayer<Step>;
    FloatModel model;
    FloatLayer& layer = model.layers.emplace_back();
    layer.weight = expected.weight;
    layer.activation_known = true;
    layer.activation_scale = static_cast<float>(expected.alpha);
    layer.activation_middle = static_cast<float>(expected.beta);
    const std::unique_ptr<Parameters<Net>> parameters(new Parameters<Net>);
    REQUIRE(!freeze<Net>(model, {}, *parameters));
    std::vector<float> image(side * side * inputs);
    for (Size i = 0; i < image.size(); ++i) image[i] = static_cast<float>(std::sin(static_cast<double>(i * i)));
    const std::unique_ptr<Arena<Net>> arena(new Arena<Net>());
    const VectorView<const float> result = infer(*parameters, *arena, image.data());
    constexpr Shape out = Net::graph.values[Net::graph.output].shape;
    double worst = 0;
    for (Size row = 0; row < out.height; ++row)
        for (Size column = 0; column < out.width; ++column)
            for (Size o = 0; o < outputs; ++o) {
                const double wanted = expected.run(image, o, row, column, Step, outside);
                worst = most(worst, std::fabs(wanted - static_cast<double>(result[(row * out.width + column) * outputs + o])));
            }
    return worst;
}

Formula formula() {
    Formula f;
    f.weight.resize(outputs * inputs * 9);
    for (Size i = 0; i < f.weight.size(); ++i)
        f.weight[i] = static_cast<float>(std::cos(static_cast<double>(i * 7 + i * i % 31)) + 0.2);
    return f;
}

}  // namespace

TEST_CASE("a binary layer with offsets equals its formula, border included") {
    CHECK(difference<1>(formula(), Outside::nothing) < 1e-4);
    CHECK(difference<2>(formula(), Outside::nothing) < 1e-4);
}

TEST_CASE("the three usual mistakes are far from it") {
    CHECK(difference<1>(formula(), Outside::lower_level) > 0.5);
    CHECK(difference<1>(formula(), Outside::upper_level) > 0.5);
    Formula without = formula();
    without.weight_offset = false;
    CHECK(difference<1>(without, Outside::nothing) > 0.5);
}

TEST_CASE("the pretrained binary network on real images") {
    const auto pretrained = support::pretrained_binary(1000);
    if (!pretrained) return;
    using Net = cifar10::AdaBinResNet20;
    const std::unique_ptr<Parameters<Net>> parameters(new Parameters<Net>);
    REQUIRE(!freeze<Net>(pretrained->model, calibration::three_colours, *parameters));

    const auto right_of_the_first = [&](Size count, const Parameters<Net>& used) {
        std::vector<int> right(chunk_count);
        for_each_chunk(count, [&](Size chunk, Size first, Size last) {
            const std::unique_ptr<Arena<Net>> arena(new Arena<Net>());
            for (Size i = first; i < last; ++i)
                right[chunk] += argmax(infer(used, *arena, (*pretrained)[i])) == pretrained->labels[i];
        });
        int sum = 0;
        for (const int part : right) sum += part;
        return sum;
    };
    const int right = right_of_the_first(1000, *parameters);
    CHECK(right >= 875);
    CHECK(right <= 879);

    const std::unique_ptr<Parameters<Net>> wrong(new Parameters<Net>(*parameters));   // without b: 173 of the first 1000
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        auto& own = step_of<static_cast<int>(Index)>(*wrong);
        if constexpr (requires { own.levels[0].offset; })
            for (auto& levels : own.levels) levels.offset = 0;
    });
    CHECK(right_of_the_first(1000, *wrong) < 300);
}
