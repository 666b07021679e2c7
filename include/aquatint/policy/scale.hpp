// SPDX-License-Identifier: BSL-1.0
// Which scales and levels are usable, whether they were fitted or come from a file.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/policy/concept.hpp>

namespace aquatint { inline namespace v0 {

/// A scale is finite, normal, and from 2^-100 to below 2^100 in magnitude, so that neither it nor its reciprocal leaves the
/// range of the kernels' multiplications.
inline constexpr float least_scale = 0x1p-100f;
inline constexpr float greatest_scale = 0x1.fffffep99f;

AQUATINT_INLINE constexpr bool usable_scale(float scale) {
    return magnitude(scale) >= least_scale && magnitude(scale) <= greatest_scale;
}

/// The usable scale next to a fitted one.
constexpr float to_scale(double scale) {
    const double size = magnitude(scale);
    if (!(size > static_cast<double>(least_scale))) return scale < 0 ? -least_scale : least_scale;
    if (size > static_cast<double>(greatest_scale)) return scale < 0 ? -greatest_scale : greatest_scale;
    return static_cast<float>(scale);
}

/// The same for a number that may be zero.
constexpr float to_offset(double offset) {
    const double bound = static_cast<double>(greatest_scale);
    return static_cast<float>(least(most(offset, -bound), bound));
}

/// Whether levels keep what their policy promises: Policy::valid(levels) where it is there, else that the scale is usable.
template <Policy Reader>
AQUATINT_INLINE constexpr bool valid_levels(const typename Reader::Levels& levels) {
    if constexpr (requires { Reader::valid(levels); }) return Reader::valid(levels);
    else if constexpr (requires { usable_scale(levels.scale); }) return usable_scale(levels.scale);
    else return true;
}

}}  // namespace aquatint::v0
