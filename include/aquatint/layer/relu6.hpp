// SPDX-License-Identifier: BSL-1.0
// Relu6: a Relu that ends at six.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// y = x clamped to 0 ... 6.
struct Relu6 {
    static constexpr const char* name = "relu6/1";
    static constexpr Pointwise pointwise{.low = 0, .high = 6};
};

}}  // namespace aquatint::v0
