// SPDX-License-Identifier: BSL-1.0
// Ternary: zero, and one scale with both signs.
#pragma once

#include <aquatint/policy/readings.hpp>
#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

/// Three levels in two bits: code 0 is 0, code 1 is +scale, code 2 is -scale (Li et al., "Ternary Weight Networks", 2016).
struct Ternary {
    static constexpr unsigned bits = 2;
    static constexpr unsigned codes = 3;
    static constexpr char name[] = "ternary/1";
    struct Levels {
        float scale = 1;   ///< negative swaps the meaning of the codes 1 and 2
    };

    static constexpr int integer(unsigned code) { return (code == 1) - (code == 2); }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<Ternary>(code, levels); }
    /// Not zero only where |x| is above half the scale: ties and NaN are zero.
    static constexpr unsigned encode(float x, Levels levels) {
        if (!(magnitude(x) > 0.5f * magnitude(levels.scale))) return 0;
        return (x < 0) == (levels.scale < 0) ? 1 : 2;
    }
    /// The largest float that `encode` gives to `lower`, of two neighbouring levels.
    static constexpr float last_of(float lower, float higher) {
        if (lower == 0) return 0.5f * higher;   // a tie is zero
        return float_not_above(0.5 * static_cast<double>(lower) * (1 + 0x1p-30));
    }
    static constexpr bool valid(const Levels& levels) { return usable_scale(levels.scale); }

    /// The least mean-square error: the k largest magnitudes share their mean as scale, and of all k the one that explains most
    /// is taken. The neutral scale 1 where all samples are zero.
    static constexpr Levels fit(VectorView<const float> samples) {
        const Distribution distribution(samples);
        Size low = 0, high = distribution.points;
        double count = 0, sum = 0, explained = 0, scale = 0;
        while (low < high) {
            const bool negative = -distribution.value[low] > distribution.value[high - 1];
            const Size point = negative ? low++ : --high;
            count += distribution.count[point + 1] - distribution.count[point];
            sum += magnitude(distribution.sum[point + 1] - distribution.sum[point]);
            if (sum * sum / count <= explained) continue;
            explained = sum * sum / count;
            scale = sum / count;
        }
        return explained > 0 ? Levels{to_scale(scale)} : Levels{};
    }
    /// The paper's rule of thumb: the mean of the magnitudes above 0.7 times the mean magnitude.
    static constexpr Levels fit_twn(VectorView<const float> samples) {
        const Distribution distribution(samples);
        if (distribution.largest() == 0) return {};
        const auto total = [&](double threshold) {
            double sum = 0, count = 0;
            for (Size i = 0; i < distribution.points; ++i) {
                if (!(static_cast<double>(magnitude(distribution.value[i])) > threshold)) continue;
                sum += magnitude(distribution.sum[i + 1] - distribution.sum[i]);
                count += distribution.count[i + 1] - distribution.count[i];
            }
            return Mean{sum, count};
        };
        const Mean all = total(-1);
        const Mean large = total(0.7 * all.sum / all.count);
        return {to_scale(large.sum / large.count)};
    }

private:
    struct Mean {
        double sum, count;
    };
};

}}  // namespace aquatint::v0
