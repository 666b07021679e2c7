// SPDX-License-Identifier: BSL-1.0
// MaxPool: the largest value under the window; padding is never the largest.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, MaxPool<>> == Shape{4, 3, 3});
static_assert(shape_after<Image<7, 5, 3>, MaxPool<>> == Shape{3, 2, 3});
static_assert(shape_after<Image<8, 6, 3>, MaxPool<Kernel<3>>> == Shape{2, 2, 3});   // the stride is the kernel's height
static_assert(shape_after<Image<8, 6, 3>, MaxPool<Kernel<3>, Stride<2>, Padding<1>>> == Shape{4, 3, 3});
static_assert(shape_after<Image<8, 6, 3>, MaxPool<Kernel<2, 3>>> == Shape{4, 2, 3});

TEST_CASE("MaxPool") {
    struct Net : Network<Input<Image<2, 4, 2>>, MaxPool<>> {};
    CHECK(Tiny<Net>{}({1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 0, 0, -6, 6, 7, -7}) == Numbers{5, 0, 7, 6});
}

TEST_CASE("MaxPool: negative values beside the padding") {
    struct Net : Network<Input<Image<2, 2>>, MaxPool<Kernel<3>, Stride<1>, Padding<1>>> {};
    CHECK(Tiny<Net>{}({-4, -3, -2, -5}) == Numbers{-2, -2, -2, -2});
    struct Corners : Network<Input<Image<2, 2>>, MaxPool<Kernel<2>, Stride<2>, Padding<1>>> {};
    CHECK(Tiny<Corners>{}({-4, -3, -2, -5}) == Numbers{-4, -3, -2, -5});
}
