// SPDX-License-Identifier: BSL-1.0
// Softmax: the channels of every pixel become probabilities.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, Softmax> == Shape{8, 6, 3});

TEST_CASE("Softmax") {
    struct Net : Network<Input<Image<1, 2, 3>>, Softmax> {};
    const Numbers p = Tiny<Net>{}({0, 0, 0, 1, 2, 3});
    CHECK(p[0] == p[1]);
    CHECK(p[0] == doctest::Approx(1.0 / 3));
    CHECK(p[3] == doctest::Approx(0.09003057));
    CHECK(p[4] == doctest::Approx(0.24472847));
    CHECK(p[5] == doctest::Approx(0.66524096));
}

TEST_CASE("Softmax of large numbers does not overflow") {
    struct Net : Network<Input<Vector<3>>, Softmax> {};
    CHECK(Tiny<Net>{}({3e38f, -3e38f, 3e38f}) == Numbers{0.5f, 0, 0.5f});
}
