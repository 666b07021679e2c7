// SPDX-License-Identifier: BSL-1.0
// Model<Net, ReCu>: binary weights whose outliers are brought back by a clamp that wakes them (Xu et al., "ReCU: Reviving the
// Dead Weights in Binary Neural Networks", 2021).
#pragma once

#include <aquatint/train/binary.hpp>
#include <aquatint/train/description.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Of each output channel the weights, less their mean and over their deviation, are clamped at a quantile of a Laplace
/// distribution, and their signs taken; a scale is learned. In the forward pass the clamp changes no sign. Backwards it is what
/// passes the gradient: weights beyond it have none of their own, and move with mean and deviation only.
template <Policy Reader>
struct ReCuWeight : WeightTraining<Reader> {};
template <>
struct ReCuWeight<Binary> {
    using Levels = Binary::Levels;
    static constexpr Size learned = 1, state = 0;   ///< the scale

    /// A channel's weights with mean 0 and variance 8.
    struct Standardized {
        std::vector<double> weight;
        double factor = 0, absolute = 0;   ///< 1 / unit of the weights; mean magnitude

        explicit Standardized(VectorView<const float> weights) {
            const auto count = static_cast<double>(weights.size);
            double mean = 0, square = 0;
            for (const float one : weights) mean += static_cast<double>(one) / count;
            for (const float one : weights) square += (static_cast<double>(one) - mean) * (static_cast<double>(one) - mean);
            factor = std::sqrt(8 / (square / most(count - 1, 1.0) + 1e-5));
            for (const float one : weights) {
                weight.push_back((static_cast<double>(one) - mean) * factor);
                absolute += std::fabs(weight.back()) / count;
            }
        }
    };
    /// The quantile tau of a Laplace distribution; tau rises from 0.85 to 0.99, the faster the later.
    static double bound(double absolute, float progress) {
        const double tau = 0.85 + 0.14 * std::expm1(static_cast<double>(progress)) / std::expm1(1.0);
        return -absolute * std::log(2 - 2 * tau);
    }

    static void start(VectorView<const float> weights, const WeightContext& context, float* scale, float*) {
        *scale = WeightTraining<Binary>::levels(weights, context, nullptr, nullptr).scale;
    }
    static Levels levels(VectorView<const float>, const WeightContext&, const float* scale, const float*) {
        return {to_scale(static_cast<double>(*scale))};
    }
    /// In the direction of the scale, so that the nearest level is that of the sign.
    static std::vector<float> prepare(VectorView<const float> weights, const Levels& levels) {
        const Standardized own(weights);
        std::vector<float> turned;
        for (const double weight : own.weight) turned.push_back(static_cast<float>(levels.scale < 0 ? -weight : weight));
        return turned;
    }
    static void backward(VectorView<const float> weights, const Levels& levels, const WeightContext& context, float* gradient,
                         float* scale_gradient) {
        const Standardized own(weights);
        const double limit = bound(own.absolute, context.progress);
        std::vector<double> passed(weights.size);
        double of_scale = 0, sum = 0, product = 0;
        for (Size i = 0; i < weights.size; ++i) {
            const double g = static_cast<double>(gradient[i]), w = own.weight[i];
            of_scale += w >= 0 ? g : -g;
            if (std::fabs(w) <= limit) passed[i] = g * static_cast<double>(levels.scale);
            sum += passed[i];
            product += passed[i] * w;
        }
        const auto count = static_cast<double>(weights.size);
        for (Size i = 0; i < weights.size; ++i)
            gradient[i] = static_cast<float>(
                own.factor * (passed[i] - sum / count - own.weight[i] * product / (8 * most(count - 1, 1.0))));
        *scale_gradient += static_cast<float>(of_scale);
    }
    static void update(VectorView<const float>, const Levels&, const WeightContext&, float*) {}
};

struct ReCu : OwnTraining {
    template <class Reader>
    using Weight = ReCuWeight<Reader>;
};

}}}  // namespace aquatint::train
