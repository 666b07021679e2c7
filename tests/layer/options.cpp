// SPDX-License-Identifier: BSL-1.0
// Kernel, Stride, Padding, Dilation and Groups, in any order; layers know which of them they take.
#include "tiny.hpp"

using namespace layer;

constexpr Geometry all = geometry_of<Groups<2>, Padding<4, 5>, Kernel<3, 7>, Dilation<6>, Stride<8>>();
static_assert(all.kernel_height == 3 && all.kernel_width == 7 && all.stride == 8 && all.dilation == 6 && all.groups == 2);
static_assert(all.padding_height == 4 && all.padding_width == 5 && all.reach_height() == 13 && all.reach_width() == 37);

static_assert(geometry_of<>().kernel_height == 1 && geometry_of<>().stride == 1 && geometry_of<>().padding_height == 0);
static_assert(padded_geometry_of<Kernel<3, 5>>().padding_height == 1 && padded_geometry_of<Kernel<3, 5>>().padding_width == 2);
static_assert(padded_geometry_of<Kernel<3>, Dilation<3>>().padding_height == 3);
static_assert(padded_geometry_of<Kernel<3>, Padding<0>>().padding_height == 0);
static_assert(padded_geometry_of<Kernel<2>>().padding_height == 0 && padded_geometry_of<Kernel<4>>().padding_height == 1);

static_assert(SaysStride<Stride<1>> && !SaysStride<Kernel<2>>);
static_assert(PoolingOption<Kernel<2>> && PoolingOption<Stride<2>> && PoolingOption<Padding<1>>);
static_assert(!PoolingOption<Dilation<1>> && !PoolingOption<Groups<1>> && !PoolingOption<int>);
static_assert(DepthwiseOption<Dilation<2>> && !DepthwiseOption<Groups<2>>);
static_assert(refuses_options<Conv<3, int>> && !refuses_options<Conv<3, Groups<2>>> && !refuses_options<Relu>);

/// A word of one's own.
struct Tall {
    static constexpr void apply(Geometry& geometry) { geometry.kernel_height = 5; }
};
static_assert(shape_after<Image<8, 6, 3>, Conv<2, Tall, Padding<0>>> == Shape{4, 6, 2});
