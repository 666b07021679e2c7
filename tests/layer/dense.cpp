// SPDX-License-Identifier: BSL-1.0
// Dense: every output is a sum over all inputs, and a bias.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Vector<7>, Dense<3>> == Shape{1, 1, 3});
static_assert(shape_after<Image<2, 3, 4>, Flatten, Dense<3>> == Shape{1, 1, 3});
static_assert(shape_after<Image<1, 1, 4>, Dense<3>> == Shape{1, 1, 3});

TEST_CASE("Dense") {
    struct Net : Network<Input<Vector<3>>, Dense<2>> {};
    Tiny<Net> net;
    net.weights<1>({1, 2, 3, -1, 0.5f, 0}).bias<1>({10, -10});
    CHECK(net({1, 1, 1}) == Numbers{16, -10.5f});
    CHECK(net({0, 2, -1}) == Numbers{11, -9});
}
