// SPDX-License-Identifier: BSL-1.0
// The shape of a tensor: height, width, channels; channels are adjacent in memory.
#pragma once

#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

struct Shape {
    Size height = 1;
    Size width = 1;
    Size channels = 0;

    constexpr Size pixels() const { return height * width; }
    constexpr Size elements() const { return height * width * channels; }
    constexpr bool operator==(const Shape&) const = default;
};

}}  // namespace aquatint::v0
