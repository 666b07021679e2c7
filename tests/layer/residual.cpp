// SPDX-License-Identifier: BSL-1.0
// Residual: the branch is added to the input; identity, projection and the parameter-free shortcut.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, Residual<Conv<3, Kernel<3>>>> == Shape{8, 6, 3});
static_assert(shape_after<Image<8, 6, 3>, Residual<Shortcut<Conv<5, Stride<2>>>, Conv<5, Kernel<3>, Stride<2>>>> ==
              Shape{4, 3, 5});
static_assert(shape_after<Image<7, 5, 3>, Residual<Shortcut<Subsample>, Conv<6, Kernel<3>, Stride<2>>>> == Shape{4, 3, 6});
static_assert(After<Image<8, 6, 3>, Residual<Conv<3>, BatchNorm>, Relu>::graph.step_count == 2);   // sum and Relu are fused
static_assert(After<Image<8, 6, 3>, Residual<Conv<3>, Relu>, Relu>::graph.step_count == 3);        // the sum comes after a Relu

TEST_CASE("Residual: identity") {
    struct Net : Network<Input<Vector<2>>, Residual<Dense<2>>, Relu> {};
    Tiny<Net> net;
    net.weights<1>({2, 0, 0, -3});
    CHECK(net({1, 1}) == Numbers{3, 0});
    struct Twice : Network<Input<Vector<2>>, Residual<>> {};
    CHECK(Tiny<Twice>{}({1, -2}) == Numbers{2, -4});
}

TEST_CASE("Residual: a projection, and what follows the sum") {
    struct Net : Network<Input<Vector<1>>, Residual<Shortcut<Dense<2>>, Dense<2>, Relu>, LeakyRelu<50>> {};
    Tiny<Net> net;
    net.weights<1>({10, -10}).weights<2>({1, 2});
    CHECK(net({1}) == Numbers{11, -4});
}

TEST_CASE("Residual: Subsample keeps every second pixel, new channels are on either side") {
    struct Net : Network<Input<Image<3, 4, 1>>, Residual<Shortcut<Subsample>, Conv<3, Stride<2>>>> {};
    Tiny<Net> net;
    net.bias<1>({0.5f, 0.25f, 0.125f});
    CHECK(net({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) ==
          Numbers{0.5f, 1.25f, 0.125f, 0.5f, 3.25f, 0.125f, 0.5f, 9.25f, 0.125f, 0.5f, 11.25f, 0.125f});
}

TEST_CASE("Residual in Residual") {
    struct Net : Network<Input<Vector<1>>, Residual<Dense<1>, Residual<Dense<1>>>> {};
    Tiny<Net> net;
    net.weights<1>({3}).weights<2>({5});
    CHECK(net({1}) == Numbers{1 + (3 + 15)});
}
