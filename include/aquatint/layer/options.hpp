// SPDX-License-Identifier: BSL-1.0
// The words that describe a window: Kernel<3>, Stride<2>, Padding<1>, Dilation<2>, Groups<4>, in any order.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

template <Size Height, Size Width = Height>
struct Kernel {
    static_assert(Height >= 1 && Width >= 1, "aquatint: a kernel has at least one element");
    static constexpr void apply(Geometry& geometry) {
        geometry.kernel_height = Height;
        geometry.kernel_width = Width;
    }
};
template <Size Step>
struct Stride {
    static_assert(Step >= 1, "aquatint: a stride is at least one");
    static constexpr void apply(Geometry& geometry) { geometry.stride = Step; }
};
/// Rows and columns of zeros around the input. Convolutions without this word pad so that a stride of one keeps the shape.
template <Size Height, Size Width = Height>
struct Padding {
    static constexpr void apply(Geometry& geometry) {
        geometry.padding_height = Height;
        geometry.padding_width = Width;
        geometry.padding_said = true;
    }
};
template <Size Step>
struct Dilation {
    static_assert(Step >= 1, "aquatint: a dilation is at least one");
    static constexpr void apply(Geometry& geometry) { geometry.dilation = Step; }
};
template <Size Count>
struct Groups {
    static_assert(Count >= 1, "aquatint: there is at least one group");
    static constexpr void apply(Geometry& geometry) { geometry.groups = Count; }
};

template <class Word>
concept GeometryOption = requires(Geometry geometry) { Word::apply(geometry); };

/// A word that sets the stride.
template <class Word>
concept SaysStride = [] {
    Geometry probe{.stride = 0};
    Word::apply(probe);
    return probe.stride != 0;
}();

template <GeometryOption... Options>
constexpr Geometry geometry_of() {
    Geometry geometry;
    (Options::apply(geometry), ...);
    return geometry;
}
/// Same padding unless said otherwise.
template <GeometryOption... Options>
constexpr Geometry padded_geometry_of() {
    Geometry geometry = geometry_of<Options...>();
    if (!geometry.padding_said) {
        geometry.padding_height = (geometry.reach_height() - 1) / 2;
        geometry.padding_width = (geometry.reach_width() - 1) / 2;
    }
    return geometry;
}

}}  // namespace aquatint::v0
