// SPDX-License-Identifier: BSL-1.0
// GlobalAverage: the mean of each channel over the whole image.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, GlobalAverage> == Shape{1, 1, 3});

TEST_CASE("GlobalAverage") {
    struct Net : Network<Input<Image<2, 2, 2>>, GlobalAverage> {};
    CHECK(Tiny<Net>{}({1, 10, 2, 20, 3, 30, 4, 40}) == Numbers{2.5f, 25});
}
