// SPDX-License-Identifier: BSL-1.0
// TwoSlopes: a learned slope for either sign, by channel.
#include "tiny.hpp"

using namespace layer;

TEST_CASE("TwoSlopes") {
    struct Net : Network<Input<Image<1, 2, 2>>, TwoSlopes> {};
    Tiny<Net> net;
    net.fill(step_of<1>(net.parameters).positive_slopes, {2, 1}).fill(step_of<1>(net.parameters).negative_slopes, {0.5f, -1});
    CHECK(net({-4, -4, 4, 4}) == Numbers{-2, 4, 8, 4});
}
