// SPDX-License-Identifier: BSL-1.0
// Model<Net, DoReFa>: weights squeezed by a hyperbolic tangent, activations clipped to 1 (Zhou et al., "DoReFa-Net", 2016).
#pragma once

#include <aquatint/train/binary.hpp>
#include <aquatint/train/description.hpp>
#include <aquatint/train/learned_basis.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// tanh(w) over its largest magnitude in the channel, rounded to levels evenly spaced from -1
/// to 1: a LearnedBasis of powers of two.
template <Policy Reader>
struct DoReFaWeight;
template <unsigned Planes>
struct DoReFaWeight<LearnedBasis<Planes>> : FollowingLevels {
    static_assert(Planes > 1, "aquatint: DoReFa has weights of one bit in Binary, whose scale is their mean magnitude");
    using Reader = LearnedBasis<Planes>;
    using Levels = typename Reader::Levels;

    static std::vector<float> prepare(VectorView<const float> weights, const Levels&) {
        std::vector<float> bent;
        float largest = 1e-30f;
        for (const float weight : weights) {
            bent.push_back(std::tanh(weight));
            largest = most(largest, magnitude(bent.back()));
        }
        for (float& weight : bent) weight /= largest;
        return bent;
    }
    /// In steps as fine as the accumulator allows, since a bias is rounded to one.
    static Levels levels(VectorView<const float>, const WeightContext& context, const float*, const float*) {
        constexpr Int32 whole = (1 << Planes) - 1;
        const Int32 fine = ((1 << context.basis_bits) - 1) / whole;
        Levels result{};
        result.scale = 1 / static_cast<float>(whole * fine);
        for (unsigned k = 0; k < Planes; ++k) result.basis[k] = static_cast<Int16>(fine << k);
        return result;
    }
    /// Straight through the rounding, and through the tangent; the largest magnitude is taken as a constant.
    static void backward(VectorView<const float> weights, const Levels&, const WeightContext&, float* gradient, float*) {
        float largest = 1e-30f;
        for (const float weight : weights) largest = most(largest, magnitude(std::tanh(weight)));
        for (Size i = 0; i < weights.size; ++i) {
            const float bent = std::tanh(weights[i]);
            gradient[i] *= (1 - bent * bent) / largest;
        }
    }
};

template <>
struct DoReFaWeight<Binary> : WeightTraining<Binary> {};

/// clip(x, 0, 1) in evenly spaced levels.
template <Policy Reader>
struct DoReFaActivation : ActivationTraining<Reader> {
    static_assert(
        requires(typename Reader::Levels levels) {
            levels.scale;
            levels.zero;
        },
        "aquatint: DoReFa is for activations with evenly spaced levels, as Uniform<2>");
    using Levels = typename Reader::Levels;
    static constexpr Size learned = 0, state = 0;

    static void start(VectorView<const float>, float*, float*) {}
    static Levels levels(const float*, const float*) {
        Levels result{};
        result.scale = 1 / static_cast<float>(Reader::codes - 1);
        result.zero = 0;
        return result;
    }
    static LevelTable table(const float* none, const float* nothing_) {
        LevelTable result = table_of<Reader>(levels(none, nothing_));
        result.surrogate = {0, 1};
        return result;
    }
    static void gradient(const LevelTable&, const GradientMoments&, double, const float*, float*) {}
};

struct DoReFa {
    template <class Reader>
    using Weight = DoReFaWeight<Reader>;
    template <class Reader>
    using Activation = DoReFaActivation<Reader>;
};

}}}  // namespace aquatint::train
