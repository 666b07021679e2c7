// SPDX-License-Identifier: BSL-1.0
// PRelu: a learned slope for negative values, by channel.
#include "tiny.hpp"

using namespace layer;

TEST_CASE("PRelu") {
    struct Net : Network<Input<Image<1, 2, 2>>, PRelu> {};
    Tiny<Net> net;
    net.fill(step_of<1>(net.parameters).negative_slopes, {0.5f, -2});
    CHECK(net({-4, -4, 4, 4}) == Numbers{-2, 8, 4, 4});
}
