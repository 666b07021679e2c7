// SPDX-License-Identifier: BSL-1.0
// TwoSlopes: a learned slope for either sign, as AdaBin's activation.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// y = x < 0 ? negative[channel] * x : positive[channel] * x.
struct TwoSlopes {
    static constexpr const char* name = "two_slopes/1";
    static constexpr Pointwise pointwise{.positive_slope = true, .negative_slope = true};
};

}}  // namespace aquatint::v0
