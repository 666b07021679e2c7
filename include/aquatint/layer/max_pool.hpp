// SPDX-License-Identifier: BSL-1.0
// MaxPool<options...>: the largest value under the window.
#pragma once

#include <aquatint/layer/options.hpp>

namespace aquatint { inline namespace v0 {

/// Options: Kernel, Stride (the kernel's height by default), Padding (none by default). Padding never enters a result.
template <class... Options>
struct MaxPool {
    static constexpr bool takes_its_options = (PoolingOption<Options> && ...);
    static constexpr const char* name = "max_pool/1";
    static constexpr Pooling pooling(Shape) {
        Geometry geometry = geometry_of<Kernel<2>, Options...>();
        if constexpr (!(SaysStride<Options> || ...)) geometry.stride = geometry.kernel_height;
        return {geometry, false, false};
    }
};

}}  // namespace aquatint::v0
