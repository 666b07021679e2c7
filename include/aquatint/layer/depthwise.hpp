// SPDX-License-Identifier: BSL-1.0
// Depthwise<options...>: a convolution of each channel with its own kernel.
#pragma once

#include <aquatint/layer/options.hpp>

namespace aquatint { inline namespace v0 {

/// Options: Kernel, Stride, Padding (same by default), Dilation. Weights are [channels][1][ky][kx].
template <class... Options>
struct Depthwise {
    static constexpr bool takes_its_options = (DepthwiseOption<Options> && ...);
    static constexpr const char* name = "depthwise/1";
    static constexpr Product product(Shape in) {
        Geometry geometry = padded_geometry_of<Options...>();
        geometry.groups = in.channels;
        return {geometry, in.channels, false};
    }
};

}}  // namespace aquatint::v0
