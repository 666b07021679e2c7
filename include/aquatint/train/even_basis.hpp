// SPDX-License-Identifier: BSL-1.0
// Model<Net, EvenBasis>: learned bases that are tied to s, 2s, 4s ...: levels are evenly spaced, one number is free. Fit and
// moving average are those of LQ-Nets (Zhang et al., 2018), so that a comparison shows what the free basis is worth.
#pragma once

#include <aquatint/policy/search.hpp>
#include <aquatint/train/description.hpp>
#include <aquatint/train/learned_basis.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// The floats: s, then the number of batches.
template <unsigned Planes, class... Options>
struct MovingStep {
    using Reader = LearnedBasis<Planes, Options...>;
    static_assert(!Reader::has_offset, "aquatint: EvenBasis is for bases without an offset");
    using Levels = typename Reader::Levels;
    static constexpr Size floats = 2;
    static constexpr Int32 reach = (1 << Planes) - 1;   ///< the highest level is reach * s

    static constexpr Int32 steps(unsigned code) {
        Int32 sum = 0;
        for (unsigned k = 0; k < Planes; ++k) sum += Reader::plane(code, k) * (1 << k);
        return sum;
    }
    static void start(VectorView<const float> samples, float* state) {
        const Distribution distribution(samples);
        double units[Reader::codes];
        for (unsigned code = 0; code < Reader::codes; ++code) units[code] = steps(code);
        state[0] = distribution.largest() > 0 ? static_cast<float>(ScaleSearch{distribution, units}.run().scale) : 1e-3f;
        state[1] = 0;
    }
    /// In units so fine that sums of the basis just stay below `limit`, as a free basis has them: a bias is rounded to one.
    static Levels levels(const float* state, Int32 limit) {
        Levels result{};
        const Int32 unit = limit / reach;
        result.scale = to_scale(static_cast<double>(state[0]) / unit);
        for (unsigned k = 0; k < Planes; ++k) result.basis[k] = static_cast<Int16>(unit << k);
        return result;
    }

    /// Least squares over elements that keep their codes.
    struct Equations {
        double product = 0, square = 0;
    };
    static void add(Equations& equations, unsigned code, double count, double sum) {
        equations.product += steps(code) * sum;
        equations.square += static_cast<double>(steps(code) * steps(code)) * count;
    }
    static void average(const Equations& equations, float* state) {
        if (!(equations.square > 0)) return;   // everything was rounded to zero
        const double s = static_cast<double>(state[0]);
        state[0] = static_cast<float>(s + count_batch(state[1]) * (equations.product / equations.square - s));
    }
};

/// Whatever is no learned basis is trained in its own way.
template <Policy Reader>
struct EvenBasisWeight : WeightTraining<Reader> {};
template <unsigned Planes, class... Options>
struct EvenBasisWeight<LearnedBasis<Planes, Options...>> : AveragedWeights<MovingStep<Planes, Options...>> {};
template <Policy Reader>
struct EvenBasisActivation : ActivationTraining<Reader> {};
template <unsigned Planes, class... Options>
struct EvenBasisActivation<LearnedBasis<Planes, Options...>> : AveragedActivations<MovingStep<Planes, Options...>> {};

struct EvenBasis {
    template <class Reader>
    using Weight = EvenBasisWeight<Reader>;
    template <class Reader>
    using Activation = EvenBasisActivation<Reader>;
};

}}}  // namespace aquatint::train
