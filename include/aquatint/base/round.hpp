// SPDX-License-Identifier: BSL-1.0
// Rounding to the nearest integer with ties to even: the one rounding that the library uses.
#pragma once

#include <aquatint/base/integers.hpp>
#include <bit>

namespace aquatint { inline namespace v0 {

/// Nearest integer, ties to even, saturated at ±2^30; NaN gives the sign's saturation. Works on the bits: the usual trick of
/// adding 2^23 follows a multiplication, and compilers contract that pair into a fused multiply-add with another result.
constexpr Int32 round_even(float x) {
    const UInt32 pattern = std::bit_cast<UInt32>(x);
    const int exponent = static_cast<int>(pattern >> 23 & 255u) - 127;
    const bool negative = pattern >> 31 != 0;
    if (exponent < -1) return 0;
    if (exponent > 29) return negative ? -(1 << 30) : 1 << 30;
    const UInt32 mantissa = (pattern & 0x7fffffu) | 0x800000u;
    UInt32 nearest = 0;
    if (exponent >= 23) {
        nearest = mantissa << (exponent - 23);
    } else {
        const int dropped = 23 - exponent;
        const UInt32 half = 1u << (dropped - 1);
        const UInt32 rest = mantissa & ((1u << dropped) - 1);
        nearest = mantissa >> dropped;
        if (rest > half || (rest == half && (nearest & 1u) != 0)) ++nearest;
    }
    return negative ? -static_cast<Int32>(nearest) : static_cast<Int32>(nearest);
}

/// The operand order is part of the definition: NaN gives `low`, as the vector instructions do.
constexpr float clamp(float x, float low, float high) {
    const float raised = x > low ? x : low;
    return raised < high ? raised : high;
}

/// The largest float that is not above `x`, of doubles that floats reach.
constexpr float float_not_above(double x) {
    const float nearest = static_cast<float>(x);
    if (!(static_cast<double>(nearest) > x)) return nearest;
    const UInt32 pattern = std::bit_cast<UInt32>(nearest);
    if ((pattern & 0x7fffffffu) == 0) return std::bit_cast<float>(0x80000001u);
    return std::bit_cast<float>(nearest > 0 ? pattern - 1 : pattern + 1);
}

/// Finite: neither infinity nor NaN.
constexpr bool is_finite(float x) { return (std::bit_cast<UInt32>(x) & 0x7f800000u) != 0x7f800000u; }

}}  // namespace aquatint::v0
