// SPDX-License-Identifier: BSL-1.0
// The elementary functions that layers need, the same bits on every target.
#pragma once

#include <aquatint/base/fma.hpp>
#include <aquatint/base/round.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// e^x within two units in the last place: x = n ln 2 + r, then the Taylor polynomial of degree 7 on |r| <= ln 2 / 2.
/// Below -87 the result is 0; above 88 it is 2^127.
constexpr float exponential(float x) {
    if (!(x > -87.0f)) return x != x ? x : 0.0f;
    if (x > 88.0f) return std::bit_cast<float>(0x7f000000u);
    const float n = static_cast<float>(round_even(x * 1.44269504f));
    const float r = fused(n, -1.42860677e-6f, fused(n, -0.693145752f, x));   // ln 2 in two parts, the first one short
    float p = 1.98412698e-4f;
    p = fused(p, r, 1.38888889e-3f);
    p = fused(p, r, 8.33333333e-3f);
    p = fused(p, r, 4.16666667e-2f);
    p = fused(p, r, 1.66666667e-1f);
    p = fused(p, r, 0.5f);
    p = fused(p, r, 1.0f);
    p = fused(p, r, 1.0f);
    return fused(p, std::bit_cast<float>(static_cast<UInt32>(static_cast<Int32>(n) + 127) << 23), 0.0f);   // not joined to a sum
}

}}  // namespace aquatint
