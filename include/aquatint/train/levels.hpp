// SPDX-License-Identifier: BSL-1.0
// The levels of an activation's quantizer ready for whole tensors: rounding, counting, and what their surrogate lets pass.
#pragma once

#include <cmath>
#include <bit>
#include <limits>
#include <vector>

#include <aquatint/policy/byte_reading.hpp>
#include <aquatint/train/lanes.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace train {

/// Elements by the level that they were rounded to: all that least squares need of a batch.
struct LevelCounts {
    std::vector<double> count, sum;

    explicit LevelCounts(Size levels = 0) : count(levels), sum(levels) {}
    void add(const LevelCounts& other) {
        for (Size i = 0; i < count.size(); ++i) {
            count[i] += other.count[i];
            sum[i] += other.sum[i];
        }
    }
};

/// Every code of a policy with few levels, by ascending level; or, with many, the steps that rounding finds.
struct LevelTable {
    std::vector<float> level;
    std::vector<unsigned> code;
    std::vector<float> boundary;   ///< above boundary[i], and only there, the policy encodes to level[i + 1] or higher
    float step = 0;                ///< of evenly spaced levels; then there are no other entries
    float lowest = 0, highest = 0;
    float scale = 1;               ///< all levels are multiples of it, where it is learned
    /// Where the surrogate's slope is 1; outside of it it is 0.
    float pass_low = -std::numeric_limits<float>::infinity(), pass_high = std::numeric_limits<float>::infinity();

    /// The levels nearest to `from`; may be done in place.
    void round(const float* from, Size count, float* to) const {
        if (step > 0) {
            // Adding 1.5 * 2^23 rounds to a whole number, ties to even; at most 2^22 steps.
            const float inverse = 1 / step, low = lowest * inverse, high = highest * inverse, magic = 12582912.0f;
            by_lanes(count, [&]<class Numbers>(Size i) {
                const Numbers steps = smaller(larger(load<Numbers>(from + i) * inverse, all<Numbers>(low)), all<Numbers>(high));
                store(to + i, ((steps + magic) - magic) * step);
            });
            return;
        }
        if (level.size() == 4) return round_fixed<4>(from, count, to);
        by_lanes(count, [&]<class Numbers>(Size i) {
            const Numbers x = load<Numbers>(from + i);
            Numbers nearest = all<Numbers>(level[0]);
            for (Size next = 1; next < level.size(); ++next) nearest = x > boundary[next - 1] ? all<Numbers>(level[next]) : nearest;
            store(to + i, nearest);
        });
    }
    /// Adds the elements of each level to `counts`; for tables only.
    void count(const float* from, Size elements, LevelCounts& counts) const {
        double above_count = 0, above_sum = 0;
        for (Size i = level.size(); i-- > 0;) {   // each boundary in turn: everything above it, less what is above the next
            const float limit = i == 0 ? -std::numeric_limits<float>::infinity() : boundary[i - 1];
            Lanes number{}, sum{};
            float rest_number = 0, rest_sum = 0;
            by_lanes(elements, [&]<class Numbers>(Size at) {
                const Numbers x = load<Numbers>(from + at);
                const Numbers one = x > limit ? all<Numbers>(1) : all<Numbers>(0);
                const Numbers value = x > limit ? x : all<Numbers>(0);
                if constexpr (std::is_same_v<Numbers, Lanes>) {
                    number += one;
                    sum += value;
                } else {
                    rest_number += one;
                    rest_sum += value;
                }
            });
            const double total_number = sum_of(number) + static_cast<double>(rest_number), total_sum = sum_of(sum) + static_cast<double>(rest_sum);
            counts.count[i] += total_number - above_count;
            counts.sum[i] += total_sum - above_sum;
            above_count = total_number;
            above_sum = total_sum;
        }
    }
    /// The largest magnitude in scales.
    double reach() const { return static_cast<double>(most(magnitude(highest), magnitude(lowest)) / magnitude(scale)); }
    /// The gradient of the levels' common scale: the sum of gradient * (level - x) / scale, x only inside of the outermost levels
    /// (Esser et al., "Learned Step Size Quantization", 2020).
    double step_size_gradient(const float* inputs, const float* gradient, Size count) const {
        constexpr Size at_once = 256;
        float nearest[at_once];
        double sum = 0;
        for (Size first = 0; first < count; first += at_once) {
            const Size here = least(at_once, count - first);
            round(inputs + first, here, nearest);
            Lanes total{};
            float rest = 0;
            by_lanes(here, [&]<class Numbers>(Size i) {
                const Numbers x = load<Numbers>(inputs + first + i), zero{};
                const Numbers inside = x > highest ? zero : x < lowest ? zero : x;
                const Numbers part = load<Numbers>(gradient + first + i) * (load<Numbers>(nearest + i) - inside);
                if constexpr (std::is_same_v<Numbers, Lanes>) total += part;
                else rest += part;
            });
            sum += sum_of(total) + static_cast<double>(rest);
        }
        return sum / static_cast<double>(scale);
    }
    /// gradient = 0 where the surrogate does not let it pass.
    void pass(const float* inputs, Size count, float* gradient) const {
        by_lanes(count, [&]<class Numbers>(Size i) {
            const Numbers x = load<Numbers>(inputs + i), g = load<Numbers>(gradient + i), zero{};
            store(gradient + i, x > pass_high ? zero : x < pass_low ? zero : g);
        });
    }

private:
    template <Size Levels>
    void round_fixed(const float* from, Size count, float* to) const {
        by_lanes(count, [&]<class Numbers>(Size i) {
            const Numbers x = load<Numbers>(from + i);
            Numbers nearest = all<Numbers>(level[0]);
            for (Size next = 1; next < Levels; ++next) nearest = x > boundary[next - 1] ? all<Numbers>(level[next]) : nearest;
            store(to + i, nearest);
        });
    }
};

/// Floats as integers of the same order.
inline Int32 ordered(float x) {
    const auto bits = std::bit_cast<Int32>(x);
    return bits < 0 ? std::numeric_limits<Int32>::min() - bits : bits;
}
inline float from_ordered(Int32 place) { return std::bit_cast<float>(place < 0 ? std::numeric_limits<Int32>::min() - place : place); }

/// By the policy's own `encode` and `decode`, so that what is trained with is what is deployed.
template <Policy Reader>
LevelTable table_of(const typename Reader::Levels& levels) {
    constexpr Size most_levels = 256;
    static_assert(Reader::codes <= most_levels, "aquatint: an activation that is trained has at most 256 codes");
    LevelTable table;
    if constexpr (ByteReading<Reader> && Reader::codes > 16) {
        if (ByteLevels<Reader>::linear) {
            table.step = levels.scale;
            const auto zero = static_cast<float>(ByteLevels<Reader>::zero(levels));
            table.lowest = -zero * levels.scale;
            table.highest = (static_cast<float>(ByteLevels<Reader>::highest_byte) - zero) * levels.scale;
            return table;
        }
    }
    for (unsigned code = 0; code < Reader::codes; ++code) {
        const float level = Reader::decode(code, levels);
        Size place = 0;
        while (place < table.level.size() && table.level[place] < level) ++place;
        if (place < table.level.size() && table.level[place] == level) continue;
        table.level.insert(table.level.begin() + static_cast<std::ptrdiff_t>(place), level);
        table.code.insert(table.code.begin() + static_cast<std::ptrdiff_t>(place), Reader::encode(level, levels));
    }
    for (Size i = 0; i + 1 < table.level.size(); ++i) {
        const auto reaches = [&](Int32 place) { return Reader::decode(Reader::encode(from_ordered(place), levels), levels) > table.level[i]; };
        Int32 low = ordered(table.level[i]), high = ordered(table.level[i + 1]);   // not yet; reached
        while (static_cast<Int64>(high) - low > 1) {
            const auto middle = static_cast<Int32>((static_cast<Int64>(low) + high) / 2 - ((static_cast<Int64>(low) + high) % 2 < 0 ? 1 : 0));
            (reaches(middle) ? high : low) = middle;
        }
        table.boundary.push_back(from_ordered(low));
    }
    table.lowest = table.level.front();
    table.highest = table.level.back();
    return table;
}

}  // namespace train

}}  // namespace aquatint
