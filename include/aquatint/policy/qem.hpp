// SPDX-License-Identifier: BSL-1.0
// Quantization error minimization: the fit of a learned basis (LQ-Nets).
#pragma once

#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

/// Block coordinate descent between the codes of the samples and the basis (Zhang et al., "LQ-Nets: Learned Quantization for
/// Highly Accurate and Compact Deep Neural Networks", 2018, section 3.2). A plane is `LowDigit` (-1 or 0) or 1; an offset is
/// one more column of the least squares, whose digit is always 1.
template <unsigned Planes, int LowDigit, bool HasOffset>
struct Qem {
    static constexpr unsigned columns = Planes + (HasOffset ? 1u : 0u);
    static constexpr unsigned codes = 1u << Planes;
    struct Basis {
        double weight[columns]{};   ///< of each plane, then the offset
    };
    /// What least squares need of the codes nearest under a basis: square * weight = product. And the error under that basis.
    struct Equations {
        double square[columns][columns]{};
        double product[columns]{};
        double error = 0;   ///< sum of squares
    };
    struct IntegerBasis {
        Int32 weight[columns]{};
        double scale = 0;
    };

    static constexpr int digit(unsigned code, unsigned column) {
        return column == Planes || (code >> column & 1u) != 0 ? 1 : LowDigit;
    }

    /// The codes in the order of their levels: a learned basis may reorder them.
    struct Sorted {
        double level[codes]{};
        unsigned code[codes]{};

        template <class Weight>
        constexpr explicit Sorted(const Weight (&weight)[columns]) {
            for (unsigned next = 0; next < codes; ++next) {
                double sum = 0;
                for (unsigned k = 0; k < columns; ++k) sum += static_cast<double>(weight[k]) * digit(next, k);
                unsigned place = next;
                for (; place > 0 && sum < level[place - 1]; --place) {
                    level[place] = level[place - 1];
                    code[place] = code[place - 1];
                }
                level[place] = sum;
                code[place] = next;
            }
        }
    };

    /// First half of a step: gives each sample the code of its nearest level.
    static constexpr Equations code_step(const Distribution& samples, const Basis& basis) {
        const Sorted sorted(basis.weight);
        Equations equations;
        equations.error = samples.squares;
        samples.assign(codes, [&](Size i) { return sorted.level[i]; }, [&](Size i, double count, double sum) {
            equations.error += sorted.level[i] * (sorted.level[i] * count - 2 * sum);
            for (unsigned row = 0; row < columns; ++row) {
                equations.product[row] += digit(sorted.code[i], row) * sum;
                for (unsigned k = 0; k <= row; ++k)
                    equations.square[row][k] += digit(sorted.code[i], row) * digit(sorted.code[i], k) * count;
            }
        });
        for (unsigned row = 0; row < columns; ++row)
            for (unsigned k = 0; k < row; ++k) equations.square[k][row] = equations.square[row][k];
        return equations;
    }

    /// Second half: least squares, drawn to the basis before by the paper's ridge, which keeps the equations regular where a
    /// plane is not used and leaves the fixed points where they are.
    static constexpr Basis basis_step(Equations equations, Basis basis) {
        constexpr double ridge = 1e-4;
        auto& [square, product, error] = equations;
        for (unsigned k = 0; k < columns; ++k) {
            square[k][k] += ridge;
            product[k] += ridge * basis.weight[k];
        }
        for (unsigned pivot = 0; pivot < columns; ++pivot) {   // Gauss; positive definite, so no exchange of rows
            for (unsigned row = pivot + 1; row < columns; ++row) {
                const double factor = square[row][pivot] / square[pivot][pivot];
                for (unsigned k = pivot; k < columns; ++k) square[row][k] -= factor * square[pivot][k];
                product[row] -= factor * product[pivot];
            }
        }
        for (unsigned row = columns; row-- > 0;) {
            double rest = product[row];
            for (unsigned k = row + 1; k < columns; ++k) rest -= square[row][k] * basis.weight[k];
            basis.weight[row] = rest / square[row][row];
        }
        return with_positive_planes(basis);
    }

    /// At most `steps` steps, until the error stands still.
    static constexpr Basis run(const Distribution& samples, Basis basis, int steps) {
        Equations equations = code_step(samples, basis);
        for (int step = 0; step < steps; ++step) {
            const Basis next = basis_step(equations, basis);
            const Equations after = code_step(samples, next);
            if (!(after.error < equations.error)) break;
            const bool settled = after.error > equations.error * (1 - 1e-9);
            basis = next;
            equations = after;
            if (settled) break;
        }
        return basis;
    }

    /// The paper's initialization for samples of this root mean square: powers of two times its 0.75 quantile if it is Gaussian.
    static constexpr Basis paper_start(double root_mean_square) {
        constexpr double quantile = 0.6745;
        Basis basis;
        for (unsigned k = 0; k < Planes; ++k)
            basis.weight[k] = LowDigit < 0 ? (1 << k) * quantile * root_mean_square / (1 << (Planes - 1))
                                           : (1 << k) * 2 * quantile * root_mean_square / (codes - 1);
        return basis;
    }
    /// A geometric basis whose levels reach over the samples shrunk towards their mean, or to zero where there is no offset.
    static constexpr Basis geometric_start(const Distribution& samples, double ratio, double part) {
        const double middle = HasOffset ? samples.mean() : 0.0;
        const double low = middle + part * (samples.lowest() - middle), high = middle + part * (samples.highest() - middle);
        double reach = LowDigit < 0 ? part * samples.largest() : high;
        if (HasOffset) reach = LowDigit < 0 ? (high - low) / 2 : high - low;
        double total = 0, power = 1;
        for (unsigned k = 0; k < Planes; ++k, power *= ratio) total += power;
        Basis basis;
        power = reach / total;
        for (unsigned k = 0; k < Planes; ++k, power *= ratio) basis.weight[k] = power;
        if constexpr (HasOffset) basis.weight[Planes] = LowDigit < 0 ? (high + low) / 2 : low;
        return basis;
    }

    /// The best basis that a search finds, ascending: QEM from the paper's start and from geometric ones, then again and again
    /// from the best so far with its weights disturbed, since QEM itself ends in whichever fixed point is next (the paper's
    /// start leaves 5 % more error on Gaussian samples with three planes, 15 % with four).
    static constexpr Basis fit(const Distribution& samples) {
        constexpr int first_steps = 6, all_steps = 200, disturbances = 16 * Planes;
        Basis best{};
        double least_error = -1;
        const auto enter = [&](const Basis& start, int steps) {
            const Basis basis = run(samples, start, steps);
            const double sum = code_step(samples, basis).error;
            if (least_error >= 0 && sum >= least_error) return;
            least_error = sum;
            best = basis;
        };
        enter(paper_start(square_root(samples.squares / samples.total())), first_steps);
        for (int ratio = 0; ratio < 3; ++ratio)
            for (int part = 0; part < 4; ++part)
                enter(geometric_start(samples, 1.4 + 0.3 * ratio, 1.0 - 0.2 * part), first_steps);
        UInt32 random = 1;
        for (int i = 0; i < disturbances; ++i) enter(disturbed(best, random), first_steps);
        enter(best, all_steps);
        return ascending(best);
    }

    /// The basis in integers times one scale. `limit` bounds the magnitude of all levels if planes are {-1, 1}, of the sum of
    /// planes and of the offset if they are {0, 1}. Of the roundings that nearly reach the limit the one that explains the
    /// samples best; scale 0 if there is none.
    static constexpr IntegerBasis to_integers(const Distribution& samples, const Basis& basis, Int32 limit) {
        const double whole = reach_of(basis.weight);
        IntegerBasis best;
        if (!(whole > 0)) return best;
        const Equations equations = code_step(samples, basis);
        double explained = 0;
        int tried = 0;
        for (Int32 reach = limit; reach > 0 && tried < 64; --reach) {
            IntegerBasis candidate;
            for (unsigned k = 0; k < columns; ++k)
                candidate.weight[k] = round_even(static_cast<float>(basis.weight[k] * reach / whole));
            if (reach_of(candidate.weight) > limit) continue;
            ++tried;
            double product = 0, square = 0;
            for (unsigned row = 0; row < columns; ++row) {
                product += candidate.weight[row] * equations.product[row];
                for (unsigned k = 0; k < columns; ++k)
                    square += equations.square[row][k] * candidate.weight[row] * candidate.weight[k];
            }
            if (!(product > 0 && product * product > explained * square)) continue;
            explained = product * product / square;
            candidate.scale = product / square;
            best = candidate;
        }
        if (best.scale > 0) best.scale = rescale(samples, best);
        return best;
    }

private:
    /// For planes {-1, 1} a sign is a matter of naming; for {0, 1} a negative one is exchanged with the offset, or else given up.
    static constexpr Basis with_positive_planes(Basis basis) {
        for (unsigned k = 0; k < Planes; ++k) {
            double& weight = basis.weight[k];
            if (weight >= 0) continue;
            if constexpr (HasOffset && LowDigit == 0) basis.weight[Planes] += weight;
            weight = HasOffset || LowDigit < 0 ? -weight : 0;
        }
        return basis;
    }
    /// Moves every weight by up to 0.4 of their mean size, by a linear congruential generator.
    static constexpr Basis disturbed(Basis basis, UInt32& random) {
        double amount = 0;
        for (unsigned k = 0; k < Planes; ++k) amount += 0.4 * basis.weight[k] / columns;
        for (double& weight : basis.weight) {
            random = random * 1664525u + 1013904223u;
            weight += amount * (static_cast<double>(random >> 8) * 0x1p-23 - 1);
        }
        return with_positive_planes(basis);
    }
    static constexpr Basis ascending(Basis basis) {
        for (unsigned k = 1; k < Planes; ++k) {
            const double weight = basis.weight[k];
            unsigned place = k;
            for (; place > 0 && weight < basis.weight[place - 1]; --place) basis.weight[place] = basis.weight[place - 1];
            basis.weight[place] = weight;
        }
        return basis;
    }
    template <class Weight>
    static constexpr Weight reach_of(const Weight (&weight)[columns]) {
        Weight planes = 0, offset = 0;
        for (unsigned k = 0; k < Planes; ++k) planes += weight[k];
        if constexpr (HasOffset) offset = magnitude(weight[Planes]);
        return LowDigit < 0 ? planes + offset : most(planes, offset);
    }
    static constexpr double rescale(const Distribution& samples, const IntegerBasis& basis) {
        const Sorted sorted(basis.weight);
        const ScaleSearch search{samples, sorted.level};
        return search.refine(search.attempt(basis.scale)).scale;
    }
};

}}  // namespace aquatint::v0
