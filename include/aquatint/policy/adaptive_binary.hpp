// SPDX-License-Identifier: BSL-1.0
// AdaptiveBinary: two levels anywhere, a scale to both sides of an offset.
#pragma once

#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

/// One bit: level = offset + scale * sign(code) (Tu et al., "AdaBin: Improving Binary Neural Networks with Adaptive Binary
/// Sets", 2022). The offset is a real number, so the policy is not integral; products are made of the signs, and of the sums of
/// signs on either side. AdaBin's activations alpha * (sign(x - beta) + beta) are these with {1, beta}; alpha is a factor of
/// what is computed from them.
struct AdaptiveBinary {
    static constexpr unsigned bits = 1;
    static constexpr unsigned codes = 2;
    static constexpr char name[] = "adaptive_binary/1";
    struct Levels {
        float scale = 1;    ///< half the distance between the levels; negative swaps the meaning of the codes
        float offset = 0;   ///< their middle, and the threshold
    };

    static constexpr int sign(unsigned code) { return code != 0 ? 1 : -1; }
    static constexpr float decode(unsigned code, Levels levels) {
        return levels.offset + (code != 0 ? levels.scale : -levels.scale);
    }
    /// The offset itself gives code 1; NaN is taken for zero.
    static constexpr unsigned encode(float x, Levels levels) {
        const float known = x == x ? x : 0.0f;
        return levels.scale < 0 ? known <= levels.offset : known >= levels.offset;
    }
    static constexpr bool valid(const Levels& levels) {
        return usable_scale(levels.scale) && magnitude(levels.offset) <= greatest_scale;
    }

    /// AdaBin's choice, which matches the first two moments: the mean, and the standard deviation of the population. Where all
    /// samples are equal the scale is 2^-100.
    static constexpr Levels fit(VectorView<const float> samples) {
        double sum = 0, count = 0, squares = 0;
        for (const float x : samples) {
            if (!is_finite(x)) continue;
            sum += static_cast<double>(x);
            count += 1;
        }
        if (count == 0) return {least_scale, 0};
        const double mean = sum / count;
        for (const float x : samples) {
            const double difference = static_cast<double>(x) - mean;
            if (is_finite(x)) squares += difference * difference;
        }
        return {to_scale(square_root(squares / count)), to_offset(mean)};
    }
    /// The least mean-square error: of all splits of the sorted samples the one whose two means leave the least.
    static constexpr Levels fit_mean_square(VectorView<const float> samples) {
        const Distribution distribution(samples);
        if (distribution.empty()) return {least_scale, 0};
        double best = -1, low = distribution.mean(), high = low;
        for (Size split = 1; split < distribution.points; ++split) {
            const double left = distribution.sum[split] / distribution.count[split];
            const double right = (distribution.sum[distribution.points] - distribution.sum[split]) /
                                 (distribution.total() - distribution.count[split]);
            const double between = distribution.count[split] * (distribution.total() - distribution.count[split]) *
                                   (right - left) * (right - left);
            if (between <= best) continue;
            best = between;
            low = left;
            high = right;
        }
        return {to_scale((high - low) / 2), to_offset((high + low) / 2)};
    }
};

}}  // namespace aquatint::v0
