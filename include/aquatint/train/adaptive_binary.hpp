// SPDX-License-Identifier: BSL-1.0
// AdaptiveBinary in training, as in AdaBin (Tu et al., 2022), with the estimator of IR-Net (Qin et al., 2020) for weights.
#pragma once

#include <aquatint/policy/adaptive_binary.hpp>
#include <aquatint/train/quantizer_training.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Middle and half distance of the levels are mean and deviation of the channel's weights, which gradients go through, too. The
/// sign of a normalized weight u has the slope k t (1 - tanh(t u)^2), whose t grows with the training.
template <>
struct WeightTraining<AdaptiveBinary> : FollowingLevels {
    using Levels = AdaptiveBinary::Levels;

    static Levels levels(VectorView<const float> weights, const WeightContext&, const float*, const float*) {
        return AdaptiveBinary::fit(weights);
    }
    static void backward(VectorView<const float> weights, const Levels& levels, const WeightContext& context, float* gradient,
                         float*) {
        const double t = 0.1 * std::pow(100.0, static_cast<double>(context.progress)), k = most(1 / t, 1.0);
        const double deviation = static_cast<double>(levels.scale), middle = static_cast<double>(levels.offset),
                     count = static_cast<double>(weights.size);
        double of_middle = 0, of_deviation = 0, sum = 0, product = 0;
        std::vector<double> of_normalized(weights.size);
        for (Size i = 0; i < weights.size; ++i) {
            const double g = static_cast<double>(gradient[i]), u = (static_cast<double>(weights[i]) - middle) / deviation,
                         bent = std::tanh(t * u);
            of_middle += g;
            of_deviation += g * (u >= 0 ? 1 : -1);
            of_normalized[i] = g * deviation * k * t * (1 - bent * bent);
            sum += of_normalized[i];
            product += of_normalized[i] * u;
        }
        for (Size i = 0; i < weights.size; ++i) {
            const double u = (static_cast<double>(weights[i]) - middle) / deviation;
            gradient[i] = static_cast<float>((of_normalized[i] - sum / count - u * product / count) / deviation +
                                             (of_middle + of_deviation * u) / count);
        }
    }
};

/// alpha * (sign(x - beta) + beta), both numbers learned, alpha by its magnitude. The deployed levels are {1, beta}; alpha is a
/// factor of the weights. The sign of u = (x - beta) / alpha has the slope 2 - 2 |u|.
template <>
struct ActivationTraining<AdaptiveBinary> {
    using Levels = AdaptiveBinary::Levels;
    static constexpr bool counts_levels = false;
    static constexpr Size learned = 2, state = 0;

    static void start(VectorView<const float> samples, float* numbers, float*) {
        double sum = 0;
        for (const float sample : samples) sum += static_cast<double>(magnitude(sample));
        numbers[0] = to_scale(sum / static_cast<double>(most<Size>(samples.size, 1)));
        numbers[1] = 0;
    }
    static Levels levels(const float* numbers, const float*) { return {1, numbers[1]}; }
    static float factor(const float* numbers) { return to_scale(static_cast<double>(magnitude(numbers[0]))); }
    static LevelTable table(const float* numbers, const float* none) {
        LevelTable result = table_of<AdaptiveBinary>(levels(numbers, none));
        for (float& level : result.level) level *= factor(numbers);
        result.lowest = result.level[0];
        result.highest = result.level[1];
        result.surrogate.middle = numbers[1];
        result.surrogate.width = factor(numbers);
        return result;
    }
    static void gradient(const LevelTable&, const GradientMoments& moments, double, const float* numbers, float* to) {
        const double alpha = static_cast<double>(factor(numbers)), beta = static_cast<double>(numbers[1]);
        const double of_alpha = (moments.level - (moments.input - beta * moments.slope)) / alpha;
        to[0] = static_cast<float>(numbers[0] < 0 ? -of_alpha : of_alpha);
        to[1] = static_cast<float>(alpha * moments.gradient - moments.slope);
    }
    static void update(const LevelTable&, const LevelCounts&, float*) {}
};

}}}  // namespace aquatint::train
