// SPDX-License-Identifier: BSL-1.0
// Conv: the window, its stride, padding, dilation and groups.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, Conv<5>> == Shape{8, 6, 5});
static_assert(shape_after<Image<8, 6, 3>, Conv<5, Kernel<3>>> == Shape{8, 6, 5});
static_assert(shape_after<Image<8, 6, 3>, Conv<5, Kernel<3, 5>>> == Shape{8, 6, 5});
static_assert(shape_after<Image<8, 6, 3>, Conv<5, Kernel<3>, Dilation<2>>> == Shape{8, 6, 5});
static_assert(shape_after<Image<8, 6, 3>, Conv<5, Kernel<3>, Stride<2>>> == Shape{4, 3, 5});
static_assert(shape_after<Image<7, 5, 3>, Conv<5, Kernel<3>, Stride<2>>> == Shape{4, 3, 5});
static_assert(shape_after<Image<8, 6, 3>, Conv<5, Kernel<3>, Padding<0>>> == Shape{6, 4, 5});
static_assert(shape_after<Image<8, 6, 3>, Conv<5, Kernel<2>>> == Shape{7, 5, 5});   // no middle, no padding
static_assert(shape_after<Image<8, 6, 3>, Conv<5, Kernel<2>, Padding<1, 0>>> == Shape{9, 5, 5});
static_assert(shape_after<Image<8, 6, 4>, Conv<6, Groups<2>>> == Shape{8, 6, 6});

TEST_CASE("Conv: padding is zero, kernels are not flipped") {
    struct Net : Network<Input<Image<2, 3>>, Conv<1, Kernel<3>>> {};
    Tiny<Net> net;
    net.weights<1>({1, 2, 3, 4, 5, 6, 7, 8, 9}).bias<1>({100});
    CHECK(net({0, 1, 0, 0, 0, 0}) == Numbers{106, 105, 104, 103, 102, 101});
    CHECK(net({1, 0, 0, 0, 0, 0}) == Numbers{105, 104, 100, 102, 101, 100});
}

TEST_CASE("Conv: channels, stride, padding that was said") {
    struct Net : Network<Input<Image<2, 2, 2>>, Conv<2, Kernel<2, 1>, Stride<2>, Padding<1, 0>>> {};
    Tiny<Net> net;
    net.weights<1>({1, 2, 10, 20, -1, 0, 0, -1});   // [output][channel][ky]
    // Rows -1 and 0, then 1 and 2; column 0.
    CHECK(net({1, 2, 3, 4, 5, 6, 7, 8}) == Numbers{2 * 1 + 20 * 2, -2, 1 * 5 + 10 * 6, -5});
}

TEST_CASE("Conv: dilation leaves rows and columns out") {
    struct Net : Network<Input<Image<3, 3>>, Conv<1, Kernel<2>, Dilation<2>, Padding<0>>> {};
    Tiny<Net> net;
    net.weights<1>({1, 10, 100, 1000});
    CHECK(net({1, 9, 2, 9, 9, 9, 3, 9, 4}) == Numbers{1 + 20 + 300 + 4000});
}

TEST_CASE("Conv: outputs of a group see the channels of the group") {
    struct Net : Network<Input<Image<1, 1, 4>>, Conv<4, Groups<2>>> {};
    Tiny<Net> net;
    net.weights<1>({1, 2, 3, 4, 5, 6, 7, 8});
    CHECK(net({1, 10, 100, 1000}) == Numbers{21, 43, 6500, 8700});
}
