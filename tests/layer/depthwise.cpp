// SPDX-License-Identifier: BSL-1.0
// Depthwise: every channel under its own kernel.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, Depthwise<Kernel<3>>> == Shape{8, 6, 3});
static_assert(shape_after<Image<8, 6, 3>, Depthwise<Kernel<5>, Stride<2>>> == Shape{4, 3, 3});
static_assert(shape_after<Image<8, 6, 3>, Depthwise<Kernel<3>, Dilation<2>, Padding<0>>> == Shape{4, 2, 3});
static_assert(shape_after<Image<8, 6, 1>, Depthwise<Kernel<3>>> == Shape{8, 6, 1});

TEST_CASE("Depthwise") {
    struct Net : Network<Input<Image<1, 3, 2>>, Depthwise<Kernel<1, 3>>> {};
    Tiny<Net> net;
    net.weights<1>({1, 2, 3, 10, 20, 30}).bias<1>({0, 1000});
    CHECK(net({1, 4, 2, 5, 3, 6}) ==
          Numbers{2 * 1 + 3 * 2, 1000 + 20 * 4 + 30 * 5, 1 + 4 + 9, 1000 + 40 + 100 + 180, 2 + 6, 1000 + 50 + 120});
}
