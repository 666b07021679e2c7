// SPDX-License-Identifier: BSL-1.0
// LeakyRelu: a small slope for negative values, in percent.
#include "tiny.hpp"

using namespace layer;

TEST_CASE("LeakyRelu") {
    struct Net : Network<Input<Vector<3>>, LeakyRelu<25>> {};
    CHECK(Tiny<Net>{}({-8, 0, 8}) == Numbers{-2, 0, 8});
    struct Standard : Network<Input<Vector<2>>, LeakyRelu<>> {};
    CHECK(Tiny<Standard>{}({-100, 100}) == Numbers{-100 * 0.01f, 100});
    struct Steep : Network<Input<Vector<2>>, LeakyRelu<100>> {};
    CHECK(Tiny<Steep>{}({-3, 3}) == Numbers{-3, 3});
}
