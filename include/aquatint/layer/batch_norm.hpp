// SPDX-License-Identifier: BSL-1.0
// BatchNorm: a scale and an offset by channel, from the statistics of training.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// y = gamma * (x - mean) / sqrt(variance + epsilon) + beta. Folded into the layer before it wherever that is a product.
struct BatchNorm {
    static constexpr const char* name = "batch_norm/1";
    static constexpr Pointwise pointwise{.affine = true};
};

}}  // namespace aquatint::v0
