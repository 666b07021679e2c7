// SPDX-License-Identifier: BSL-1.0
// Relu: what is negative becomes zero.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, Relu> == Shape{8, 6, 3});
static_assert(After<Image<8, 6, 3>, Conv<4>, Relu>::graph.step_count == 2);

TEST_CASE("Relu, alone and behind a product") {
    struct Net : Network<Input<Vector<4>>, Relu> {};
    CHECK(Tiny<Net>{}({-1, 0, 0.5f, 7}) == Numbers{0, 0, 0.5f, 7});
    struct Fused : Network<Input<Vector<1>>, Dense<2>, Relu> {};
    Tiny<Fused> net;
    net.weights<1>({1, -1});
    CHECK(net({3}) == Numbers{3, 0});
}
