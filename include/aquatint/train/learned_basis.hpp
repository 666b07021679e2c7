// SPDX-License-Identifier: BSL-1.0
// LearnedBasis in training: quantization error minimization with a moving average (Zhang et al., "LQ-Nets", 2018).
#pragma once

#include <aquatint/policy/learned_basis.hpp>
#include <aquatint/train/quantizer_training.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Counts a batch; returns its share in a moving average of momentum 0.9 that has no weight of its start (zero-debiased).
inline double count_batch(float& batches) {
    constexpr double momentum = 0.9;
    const double steps = static_cast<double>(batches) + 1;
    batches = static_cast<float>(least(steps, 1e6));
    return (1 - momentum) / (1 - std::pow(momentum, steps));
}

/// A basis that is a moving average of what each batch would have it be, without the weight of its start (zero-debiased, as in
/// the authors' code). The floats: the basis, then the number of batches.
template <unsigned Planes, class... Options>
struct MovingBasis {
    using Reader = LearnedBasis<Planes, Options...>;
    using Levels = typename Reader::Levels;
    using Fitter = typename Reader::Fitter;
    using Basis = typename Fitter::Basis;
    using Equations = typename Fitter::Equations;
    static constexpr unsigned columns = Fitter::columns;
    static constexpr Size floats = columns + 1;

    static Basis read(const float* state) {
        Basis basis;
        for (unsigned k = 0; k < columns; ++k) basis.weight[k] = static_cast<double>(state[k]);
        return basis;
    }
    static void write(const Basis& basis, float* state) {
        for (unsigned k = 0; k < columns; ++k) state[k] = static_cast<float>(basis.weight[k]);
    }
    static void start(VectorView<const float> samples, float* state) {
        const Distribution distribution(samples);
        Basis basis = Fitter::paper_start(1e-3);
        if (distribution.largest() > 0) basis = Fitter::fit(distribution);
        write(basis, state);
        state[columns] = 0;
    }
    /// Integers of one scale, no sum of them above `limit`: of all scales of that size the one that leaves the smallest error.
    static Levels integers(const Basis& basis, Int32 limit) {
        double reach = 0;
        for (unsigned k = 0; k < Planes; ++k) reach += magnitude(basis.weight[k]);
        if constexpr (Reader::has_offset) reach += magnitude(basis.weight[Planes]);
        Levels best{};
        if (!(reach > static_cast<double>(least_scale))) {
            best.scale = least_scale;
            return best;
        }
        double least_error = -1;
        for (Int32 whole = limit; whole > limit - 64 && whole > 0; --whole) {
            const double scale = reach / whole;
            Int32 sum = 0;
            double error = 0;
            Levels candidate{};
            candidate.scale = to_scale(scale);
            for (unsigned k = 0; k < columns; ++k) {
                const double steps = basis.weight[k] / scale, rounded = std::nearbyint(steps);
                error += (steps - rounded) * (steps - rounded) * scale * scale;
                sum += static_cast<Int32>(magnitude(rounded));
                if constexpr (Reader::has_offset) {
                    if (k == Planes) {
                        candidate.offset = static_cast<Int32>(rounded);
                        continue;
                    }
                }
                candidate.basis[k] = static_cast<Int16>(rounded);
            }
            if (sum > limit || (least_error >= 0 && error >= least_error)) continue;
            least_error = error;
            best = candidate;
            if (limit > 1000) break;   // fine enough
        }
        return best;
    }
    static Levels levels(const float* state, Int32 limit) { return integers(read(state), limit); }
    static void add(Equations& equations, unsigned code, double count, double sum) {
        for (unsigned row = 0; row < columns; ++row) {
            equations.product[row] += Fitter::digit(code, row) * sum;
            for (unsigned k = 0; k < columns; ++k)
                equations.square[row][k] += Fitter::digit(code, row) * Fitter::digit(code, k) * count;
        }
    }
    static void average(const Equations& equations, float* state) {
        const Basis basis = read(state), next = Fitter::basis_step(equations, basis);
        const double share = count_batch(state[columns]);
        Basis moved;
        for (unsigned k = 0; k < columns; ++k) moved.weight[k] = basis.weight[k] + share * (next.weight[k] - basis.weight[k]);
        write(moved, state);
    }
};

/// Weights of a learned basis that `Moving` averages, one for each output channel; gradients go straight through.
template <class Moving>
struct AveragedWeights {
    using Reader = typename Moving::Reader;
    using Levels = typename Reader::Levels;
    static constexpr Size learned = 0, state = Moving::floats;

    static void start(VectorView<const float> weights, const WeightContext&, float*, float* moving) {
        Moving::start(weights, moving);
    }
    static Levels levels(VectorView<const float>, const WeightContext& context, const float*, const float* moving) {
        return Moving::levels(moving, (1 << context.basis_bits) - 1);
    }
    static void backward(VectorView<const float>, const Levels&, const WeightContext&, float*, float*) {}
    static void update(VectorView<const float> weights, const Levels& levels, const WeightContext&, float* moving) {
        double count[Reader::codes]{}, sum[Reader::codes]{};
        for (const float weight : weights) {
            const unsigned code = Reader::encode(weight, levels);
            count[code] += 1;
            sum[code] += static_cast<double>(weight);
        }
        typename Moving::Equations equations;
        for (unsigned code = 0; code < Reader::codes; ++code) Moving::add(equations, code, count[code], sum[code]);
        Moving::average(equations, moving);
    }
};

/// The same for activations, one basis for each; gradients pass up to the highest level.
template <class Moving>
struct AveragedActivations {
    using Reader = typename Moving::Reader;
    using Levels = typename Reader::Levels;
    static constexpr bool counts_levels = true;
    static constexpr Size learned = 0, state = Moving::floats;

    static void start(VectorView<const float> samples, float*, float* moving) { Moving::start(samples, moving); }
    static Levels levels(const float*, const float* moving) { return Moving::levels(moving, Reader::unipolar ? 255 : 4095); }
    static LevelTable table(const float* none, const float* moving) {
        LevelTable result = table_of<Reader>(levels(none, moving));
        result.surrogate.high = result.highest;
        return result;
    }
    static void gradient(const LevelTable&, const GradientMoments&, double, const float*, float*) {}
    static float factor(const float*) { return 1; }
    static void update(const LevelTable& table, const LevelCounts& counts, float* moving) {
        typename Moving::Equations equations;
        double total = 0;
        for (const double count : counts.count) total += count;
        if (!(total > 0)) return;
        for (Size i = 0; i < table.code.size(); ++i)
            Moving::add(equations, table.code[i], counts.count[i] / total, counts.sum[i] / total);
        Moving::average(equations, moving);
    }
};

template <unsigned Planes, class... Options>
struct WeightTraining<LearnedBasis<Planes, Options...>> : AveragedWeights<MovingBasis<Planes, Options...>> {};
template <unsigned Planes, class... Options>
struct ActivationTraining<LearnedBasis<Planes, Options...>> : AveragedActivations<MovingBasis<Planes, Options...>> {};

}}}  // namespace aquatint::train
