// SPDX-License-Identifier: BSL-1.0
// Flatten: an image read as a vector, in the order height, width, channel. Moves nothing.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

struct Flatten {
    static constexpr const char* name = "flatten/1";
    static constexpr Shape reshape(Shape in) { return {1, 1, in.elements()}; }
};

}}  // namespace aquatint::v0
