// SPDX-License-Identifier: BSL-1.0
// BatchNorm: a scale and an offset by channel, in the product before it or in a step of its own.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, BatchNorm> == Shape{8, 6, 3});
static_assert(After<Image<8, 6, 3>, Conv<4>, BatchNorm, Relu>::graph.step_count == 2);   // folded
static_assert(After<Image<8, 6, 3>, Conv<4>, Relu, BatchNorm>::graph.step_count == 3);   // behind an activation
static_assert(After<Image<8, 6, 3>, BatchNorm, Relu, Conv<4>>::graph.step_count == 3);
static_assert(After<Image<8, 6, 3>, Conv<4>, BatchNorm, BatchNorm>::graph.step_count == 3);
static_assert(After<Image<8, 6, 3>, Residual<Conv<3>>, BatchNorm>::graph.step_count == 3);   // behind a sum

TEST_CASE("BatchNorm on its own, with the Relu that follows") {
    struct Net : Network<Input<Image<1, 2, 2>>, BatchNorm, Relu> {};
    Tiny<Net> net;
    net.fill(step_of<1>(net.parameters).affine_scale, {2, -1}).fill(step_of<1>(net.parameters).affine_offset, {-1, 0.5f});
    CHECK(net({3, 3, 0.25f, -2}) == Numbers{5, 0, 0, 2.5f});
}
