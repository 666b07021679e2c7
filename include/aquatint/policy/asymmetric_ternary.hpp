// SPDX-License-Identifier: BSL-1.0
// AsymmetricTernary: zero, one positive and one negative level, each of a size of its own.
#pragma once

#include <aquatint/policy/readings.hpp>
#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

/// Three levels in two bits: code 0 is 0, code 1 is +basis[0] * scale, code 2 is -basis[1] * scale (Zhu et al., "Trained Ternary
/// Quantization", 2017). Two whole numbers of one scale, as a learned basis has them: products run in integers.
struct AsymmetricTernary {
    static constexpr unsigned bits = 2;
    static constexpr unsigned codes = 3;
    static constexpr unsigned planes = 2;
    static constexpr char name[] = "asymmetric_ternary/1";
    struct Levels {
        float scale = 1;   ///< negative swaps the signs of the codes 1 and 2
        Int16 basis[2] = {1, 1};
    };

    static constexpr int plane(unsigned code, unsigned index) {
        return code == 0 || code != index + 1 ? 0 : index == 0 ? 1 : -1;
    }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<AsymmetricTernary>(code, levels); }
    /// Not zero only where x is nearer to the level of its sign: ties and NaN are zero.
    static constexpr unsigned encode(float x, Levels levels) {
        const unsigned code = (x < 0) == (levels.scale < 0) ? 1 : 2;
        return 2 * static_cast<double>(magnitude(x)) > static_cast<double>(magnitude(decode(code, levels))) ? code : 0;
    }
    static constexpr bool valid(const Levels& levels) {
        return usable_scale(levels.scale) && levels.basis[0] > 0 && levels.basis[1] > 0;
    }

    /// Levels of these sizes, the larger one of 2^basis_bits - 1 steps.
    static constexpr Levels of_sizes(double positive, double negative, unsigned basis_bits = 12) {
        const auto limit = static_cast<double>((1 << least(most(basis_bits, 1u), 15u)) - 1);
        Levels levels;
        levels.scale = to_scale(most(positive, negative) / limit);
        const auto steps = [&](double size) {
            const double whole = size / static_cast<double>(levels.scale) + 0.5;
            return static_cast<Int16>(least(most(whole, 1.0), limit));
        };
        levels.basis[0] = steps(positive);
        levels.basis[1] = steps(negative);
        return levels;
    }
    /// The least mean-square error: of each sign the largest magnitudes share their mean, and of all ways to draw the line the
    /// one that explains most is taken. A sign without samples has the size of the other; the neutral scale 1 where all are zero.
    static constexpr Levels fit(VectorView<const float> samples, unsigned basis_bits = 12) {
        const Distribution distribution(samples);
        double positive = size_of(distribution, true), negative = size_of(distribution, false);
        if (positive == 0 && negative == 0) return {};
        if (positive == 0) positive = negative;
        if (negative == 0) negative = positive;
        return of_sizes(positive, negative, basis_bits);
    }

private:
    static constexpr double size_of(const Distribution& samples, bool positive) {
        double count = 0, sum = 0, explained = 0, size = 0;
        for (Size i = 0; i < samples.points; ++i) {
            const Size point = positive ? samples.points - 1 - i : i;
            if (positive ? !(samples.value[point] > 0) : !(samples.value[point] < 0)) break;
            count += samples.count[point + 1] - samples.count[point];
            sum += magnitude(samples.sum[point + 1] - samples.sum[point]);
            if (sum * sum / count <= explained) continue;
            explained = sum * sum / count;
            size = sum / count;
        }
        return size;
    }
};

}}  // namespace aquatint::v0
