// SPDX-License-Identifier: BSL-1.0
// GlobalAverage: the mean of each channel over the whole image.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

struct GlobalAverage {
    static constexpr const char* name = "global_average/1";
    static constexpr Pooling pooling(Shape in) {
        return {{.kernel_height = in.height, .kernel_width = in.width}, true, true};
    }
};

}}  // namespace aquatint::v0
