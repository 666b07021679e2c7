// SPDX-License-Identifier: BSL-1.0
// Relu: negative values become zero.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// y = x > 0 ? x : 0. Costs nothing behind a product: it is the lower clamp of the requantization.
struct Relu {
    static constexpr const char* name = "relu/1";
    static constexpr Pointwise pointwise{.low = 0};
};

}}  // namespace aquatint::v0
