// SPDX-License-Identifier: BSL-1.0
// Log2<bits>: zero and powers of two with both signs, the weights of Incremental Network Quantization.
#pragma once

#include <aquatint/policy/readings.hpp>
#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

/// The levels 0, ±1, ±2, ±4 ... ±2^(E-1) times a scale; E = 2^(bits-2) exponents, one code for zero (Zhou et al., "Incremental
/// Network Quantization", 2017). Code 0 is zero, 1 ... E the positive levels from the smallest on, E+1 ... 2E the negative ones.
/// The fits give a scale that is itself a power of two, and calibration leaves it one; any other is what a BatchNorm behind the
/// weights made of it.
template <unsigned Bits>
struct Log2 {
    static_assert(Bits >= 3 && Bits <= 7, "aquatint: Log2<bits> takes 3 to 7 bits");
    static constexpr unsigned bits = Bits;
    static constexpr unsigned exponents = 1u << (Bits - 2);
    static constexpr unsigned codes = 2 * exponents + 1;
    static constexpr char name[] = {'l', 'o', 'g', '2', '-', static_cast<char>('0' + Bits), '/', '1', '\0'};
    struct Levels {
        float scale = 1;   ///< the smallest magnitude besides zero, so small that the largest is finite
    };
    static constexpr bool keeps_scale = true;   ///< in calibration

    /// Up to 5 bits the levels are small integers, the largest 2, 8 or 128; beyond that the policy is read as a real number.
    static constexpr int integer(unsigned code)
        requires(Bits <= 5)
    {
        if (code == 0) return 0;
        return code <= exponents ? 1 << (code - 1) : -(1 << (code - 1 - exponents));
    }
    static constexpr float decode(unsigned code, Levels levels) {
        if (code == 0) return 0;
        const float size = power_of_two(static_cast<int>(code <= exponents ? code - 1 : code - 1 - exponents));
        return (code <= exponents ? size : -size) * levels.scale;
    }
    /// INQ's thresholds, halfway between neighbours in value: the magnitude c for (a + c)/2 <= |x| < 3c/2 with a the level
    /// below c. So ties go away from zero. Beyond the largest the largest; NaN is zero.
    static constexpr unsigned encode(float x, Levels levels) {
        const float size = magnitude(x);
        if (!(size >= 0.5f * levels.scale)) return 0;
        const Int64 own = fraction(size), unit = fraction(levels.scale);   // their ratio is above 1/2 and below 2
        const int beside = 2 * own >= 3 * unit ? 1 : 4 * own < 3 * unit ? -1 : 0;
        const int step = exponent(size) - exponent(levels.scale) + beside;
        const unsigned code = 1 + static_cast<unsigned>(least(most(step, 0), static_cast<int>(exponents) - 1));
        return x < 0 ? code + exponents : code;
    }
    static constexpr bool valid(const Levels& levels) {
        return levels.scale > 0 && usable_scale(levels.scale) && exponent(levels.scale) + static_cast<int>(exponents) <= 100;
    }

    /// INQ's choice: the largest level is 2^floor(log2(4 max|x| / 3)). The neutral scale 1 where all samples are zero.
    static constexpr Levels fit_inq(VectorView<const float> samples) {
        const Distribution distribution(samples);
        if (distribution.largest() == 0) return {};
        return with_largest(highest_exponent(distribution));
    }
    /// The least mean-square error over all exponents. The neutral scale 1 where all samples are zero.
    static constexpr Levels fit(VectorView<const float> samples) {
        const Distribution distribution(samples);
        if (distribution.largest() == 0) return {};
        double units[codes]{};
        for (unsigned i = 0; i < exponents; ++i) {
            units[exponents + 1 + i] = static_cast<double>(power_of_two(static_cast<int>(i)));
            units[exponents - 1 - i] = -units[exponents + 1 + i];
        }
        const ScaleSearch search{distribution, units};
        const int inq = highest_exponent(distribution);
        ScaleTrial best;
        for (int down = 0; down < 8; ++down)
            best.keep_better(search.attempt(static_cast<double>(with_largest(inq - down).scale)));
        return better_levels<Log2>(samples, {static_cast<float>(best.scale)}, with_largest(inq));
    }

private:
    static constexpr int exponent(float x) { return static_cast<int>(std::bit_cast<UInt32>(x) >> 23 & 255u) - 127; }
    /// The significand as a whole number of 24 bits.
    static constexpr Int64 fraction(float x) { return static_cast<Int64>((std::bit_cast<UInt32>(x) & 0x7fffffu) | 0x800000u); }
    static constexpr float power_of_two(int power) { return std::bit_cast<float>(static_cast<UInt32>(power + 127) << 23); }
    static constexpr Levels with_largest(int power) {
        const int smallest = power + 1 - static_cast<int>(exponents);
        return {power_of_two(most(-100, least(smallest, 100 - static_cast<int>(exponents))))};
    }
    static constexpr int highest_exponent(const Distribution& samples) {
        const double bound = 4 * samples.largest() / 3;
        return static_cast<int>(std::bit_cast<UInt64>(bound) >> 52) - 1023;
    }
};

}}  // namespace aquatint::v0
