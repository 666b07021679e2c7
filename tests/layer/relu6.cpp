// SPDX-License-Identifier: BSL-1.0
// Relu6: clamped to 0 ... 6.
#include "tiny.hpp"

using namespace layer;

TEST_CASE("Relu6") {
    struct Net : Network<Input<Vector<5>>, Relu6> {};
    CHECK(Tiny<Net>{}({-1, 0, 5.5f, 6.5f, 1e30f}) == Numbers{0, 0, 5.5f, 6, 6});
}
