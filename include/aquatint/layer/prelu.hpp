// SPDX-License-Identifier: BSL-1.0
// PRelu: a learned slope for negative values.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// y = x < 0 ? slope[channel] * x : x (He et al., 2015).
struct PRelu {
    static constexpr const char* name = "prelu/1";
    static constexpr Pointwise pointwise{.negative_slope = true};
};

}}  // namespace aquatint::v0
