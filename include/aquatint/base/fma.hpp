// SPDX-License-Identifier: BSL-1.0
// The fused multiply-add, correctly rounded on every target and in constant expressions.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/base/integers.hpp>
#include <bit>
#include <type_traits>

namespace aquatint { inline namespace v0 {

/// a * b + c with one rounding. The product is exact in double; the sum is rounded to odd, so that the conversion to float
/// rounds once (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", 2008).
constexpr float exact_fma(float a, float b, float c) {
    const double product = static_cast<double>(a) * static_cast<double>(b);
    const double addend = static_cast<double>(c);
    const double sum = product + addend;
    if (!(sum - sum == 0.0)) return static_cast<float>(sum);   // infinity or NaN: nothing to correct
    const double part = sum - product;
    const double lost = (product - (sum - part)) + (addend - part);
    UInt64 pattern = std::bit_cast<UInt64>(sum);
    if (lost != 0.0 && (pattern & 1u) == 0) pattern += (lost > 0.0) == (sum > 0.0) ? UInt64(1) : ~UInt64(0);
    return static_cast<float>(std::bit_cast<double>(pattern));
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// a * b + c with one rounding, by the instruction where the target has it.
AQUATINT_INLINE constexpr float fused(float a, float b, float c) {
#if !AQUATINT_PORTABLE && (defined(__FMA__) || defined(__aarch64__) || defined(__ARM_FEATURE_FMA))
    if (!std::is_constant_evaluated()) return __builtin_fmaf(a, b, c);
#endif
    return exact_fma(a, b, c);
}

}}  // namespace aquatint
