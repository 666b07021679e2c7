// SPDX-License-Identifier: BSL-1.0
// The levels of an activation's quantizer ready for whole tensors: rounding, counting, and what their surrogate lets pass.
#pragma once

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include <aquatint/policy/byte_reading.hpp>
#include <aquatint/train/lanes.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

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

/// Sums over the elements of a batch, see LevelTable::add_moments.
struct GradientMoments {
    double gradient = 0, level = 0, slope = 0, input = 0, above = 0;

    void add(const GradientMoments& other) {
        gradient += other.gradient;
        level += other.level;
        slope += other.slope;
        input += other.input;
        above += other.above;
    }
};

/// What stands for the rounding where gradients are concerned.
struct Surrogate {
    /// Its slope is 1 from `low` to `high`, or, with a `width`, a triangle: 2 - 2 |x - middle| / width; elsewhere 0.
    float low = -std::numeric_limits<float>::infinity(), high = std::numeric_limits<float>::infinity();
    float middle = 0, width = 0;

    template <class Numbers>
    AQUATINT_INLINE Numbers slope(Numbers x) const {
        const Numbers zero{}, one = all<Numbers>(1);
        if (width > 0) {
            const Numbers distance = (x - middle) * (1 / width), size = distance > zero ? distance : zero - distance;
            return size < one ? all<Numbers>(2) - size - size : zero;
        }
        return x > high ? zero : x < low ? zero : one;
    }
};

/// Every code of a policy with few levels, by ascending level; or, with many, the steps that rounding finds.
struct LevelTable {
    std::vector<float> level;
    std::vector<unsigned> code;
    std::vector<float> boundary;   ///< above boundary[i], and only there, the policy encodes to level[i + 1] or higher
    float step = 0;                ///< of evenly spaced levels; then there are no other entries
    float lowest = 0, highest = 0;
    Surrogate surrogate;

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
            for (Size next = 1; next < level.size(); ++next)
                nearest = x > boundary[next - 1] ? all<Numbers>(level[next]) : nearest;
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
            const double total_number = sum_of(number) + static_cast<double>(rest_number),
                         total_sum = sum_of(sum) + static_cast<double>(rest_sum);
            counts.count[i] += total_number - above_count;
            counts.sum[i] += total_sum - above_sum;
            above_count = total_number;
            above_sum = total_sum;
        }
    }
    /// Sums that the gradients of learned levels are made of: of the gradient, of gradient * level, of gradient * slope and
    /// gradient * slope * x with the surrogate's slope, and of the gradient above the surrogate's end.
    void add_moments(const float* inputs, const float* gradient, Size count, GradientMoments& moments) const {
        constexpr Size at_once = 256;
        float nearest[at_once];
        for (Size first = 0; first < count; first += at_once) {
            const Size here = least(at_once, count - first);
            round(inputs + first, here, nearest);
            Lanes plain{}, level_{}, slope{}, input{}, above{};
            by_lanes(here, [&]<class Numbers>(Size i) {
                const Numbers x = load<Numbers>(inputs + first + i), g = load<Numbers>(gradient + first + i),
                              passed = g * surrogate.slope(x);
                if constexpr (std::is_same_v<Numbers, Lanes>) {
                    plain += g;
                    level_ += g * load<Numbers>(nearest + i);
                    slope += passed;
                    input += passed * x;
                    above += x > surrogate.high ? g : Numbers{};
                } else {
                    moments.gradient += static_cast<double>(g);
                    moments.level += static_cast<double>(g * nearest[i]);
                    moments.slope += static_cast<double>(passed);
                    moments.input += static_cast<double>(passed * x);
                    moments.above += x > surrogate.high ? static_cast<double>(g) : 0.0;
                }
            });
            moments.gradient += sum_of(plain);
            moments.level += sum_of(level_);
            moments.slope += sum_of(slope);
            moments.input += sum_of(input);
            moments.above += sum_of(above);
        }
    }
    /// gradient times the surrogate's slope.
    void pass(const float* inputs, Size count, float* gradient) const {
        by_lanes(count, [&]<class Numbers>(Size i) {
            store(gradient + i, load<Numbers>(gradient + i) * surrogate.slope(load<Numbers>(inputs + i)));
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
inline float from_ordered(Int32 place) {
    return std::bit_cast<float>(place < 0 ? std::numeric_limits<Int32>::min() - place : place);
}

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
        const auto reaches = [&](Int32 place) {
            return Reader::decode(Reader::encode(from_ordered(place), levels), levels) > table.level[i];
        };
        Int32 low = ordered(table.level[i]), high = ordered(table.level[i + 1]);   // not yet; reached
        while (static_cast<Int64>(high) - low > 1) {
            const auto middle =
                static_cast<Int32>((static_cast<Int64>(low) + high) / 2 - ((static_cast<Int64>(low) + high) % 2 < 0 ? 1 : 0));
            (reaches(middle) ? high : low) = middle;
        }
        table.boundary.push_back(from_ordered(low));
    }
    table.lowest = table.level.front();
    table.highest = table.level.back();
    return table;
}

}}}  // namespace aquatint::train
