// SPDX-License-Identifier: BSL-1.0
// Flatten: height, width, channel; nothing moves, also where others read the image with a border around it.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, Flatten> == Shape{1, 1, 144});
static_assert(shape_after<Vector<5>, Flatten, Flatten> == Shape{1, 1, 5});

TEST_CASE("Flatten: the order of the elements") {
    struct Net : Network<Input<Image<2, 2, 2>>, Flatten> {};
    CHECK(Tiny<Net>{}({1, 2, 3, 4, 5, 6, 7, 8}) == Numbers{1, 2, 3, 4, 5, 6, 7, 8});
    struct Read : Network<Input<Image<2, 2, 2>>, Flatten, Dense<1>> {};
    Tiny<Read> net;
    net.weights<1>({1, 10, 100, 1000, 10000, 100000, 0, 0});
    CHECK(net({1, 2, 3, 4, 5, 6, 7, 8}) == Numbers{654321});
}

TEST_CASE("Flatten: one reader flattens what another reads with a border") {
    struct Net : Network<Input<Image<1, 2>>, Conv<1>, Concat<Flatten, Sequential<Conv<1, Kernel<1, 3>>, Flatten>>> {};
    Tiny<Net> net;
    net.weights<1>({2}).weights<2>({1, 10, 100});
    CHECK(net({3, 4}) == Numbers{6, 8, 60 + 800, 6 + 80});
}
