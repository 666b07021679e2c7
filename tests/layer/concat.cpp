// SPDX-License-Identifier: BSL-1.0
// Concat: the channels of all branches, side by side.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, Concat<Conv<5>, Conv<2>>> == Shape{8, 6, 7});
static_assert(shape_after<Image<8, 6, 3>, Concat<Sequential<>, Conv<2>>> == Shape{8, 6, 5});
static_assert(shape_after<Image<8, 6, 3>, Concat<Concat<Conv<1>, Conv<2>>, Conv<4>>> == Shape{8, 6, 7});
static_assert(shape_after<Image<8, 6, 3>, Concat<Sequential<Conv<5>, MaxPool<>>, MaxPool<>>> == Shape{4, 3, 8});

TEST_CASE("Concat: branches in their order, an empty one passes the input on") {
    struct Net : Network<Input<Image<1, 2, 2>>, Concat<Conv<1>, Sequential<>, Sequential<Conv<1>, Relu>>> {};
    Tiny<Net> net;
    net.weights<1>({1, 1}).weights<2>({1, -1});
    CHECK(net({1, 2, 4, 3}) == Numbers{3, 1, 2, 0, 7, 4, 3, 1});
}
