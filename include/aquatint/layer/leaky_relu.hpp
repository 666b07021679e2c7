// SPDX-License-Identifier: BSL-1.0
// LeakyRelu<percent>: a fixed small slope for negative values.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// y = x < 0 ? Percent / 100 * x : x.
template <unsigned Percent = 1>
struct LeakyRelu {
    static constexpr const char* name = "leaky_relu/1";
    static constexpr Pointwise pointwise{.fixed_negative_slope = static_cast<float>(Percent) / 100.0f};
};

}}  // namespace aquatint::v0
