// SPDX-License-Identifier: BSL-1.0
// Softmax: the channels of a pixel become probabilities.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// y_c = exp(x_c - max) / sum exp(x - max), in float, summed in the order of the channels.
struct Softmax {
    static constexpr const char* name = "softmax/1";
    static constexpr bool normalizes_channels = true;
};

}}  // namespace aquatint::v0
