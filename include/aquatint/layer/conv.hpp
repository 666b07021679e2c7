// SPDX-License-Identifier: BSL-1.0
// Conv<outputs, options...>: a two-dimensional convolution; its bias comes from calibration or a following BatchNorm.
#pragma once

#include <aquatint/layer/options.hpp>

namespace aquatint { inline namespace v0 {

/// Options: Kernel (1 by default), Stride, Padding (same by default), Dilation, Groups.
/// Weights are [outputs][inputs/groups][ky][kx].
template <Size Outputs, class... Options>
struct Conv {
    static constexpr bool takes_its_options = (GeometryOption<Options> && ...);
    static constexpr const char* name = "conv/1";
    static constexpr Product product(Shape) { return {padded_geometry_of<Options...>(), Outputs, false}; }
};

}}  // namespace aquatint::v0
