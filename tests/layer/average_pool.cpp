// SPDX-License-Identifier: BSL-1.0
// AveragePool: the mean of the values under the window; padding does not count.
#include "tiny.hpp"

using namespace layer;

static_assert(shape_after<Image<8, 6, 3>, AveragePool<>> == Shape{4, 3, 3});
static_assert(shape_after<Image<8, 6, 3>, AveragePool<Kernel<4>, Stride<1>>> == Shape{5, 3, 3});
static_assert(shape_after<Image<7, 6, 3>, AveragePool<Kernel<3>, Padding<1>>> == Shape{3, 2, 3});

TEST_CASE("AveragePool") {
    struct Net : Network<Input<Image<2, 4>>, AveragePool<>> {};
    CHECK(Tiny<Net>{}({1, 2, 3, 4, 5, 6, 7, 8}) == Numbers{3.5f, 5.5f});
    struct Padded : Network<Input<Image<2, 2>>, AveragePool<Kernel<2>, Stride<1>, Padding<1>>> {};
    CHECK(Tiny<Padded>{}({1, 2, 3, 4}) == Numbers{1, 1.5f, 2, 2, 2.5f, 3, 3, 3.5f, 4});
}
