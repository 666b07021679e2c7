// SPDX-License-Identifier: BSL-1.0
// As what a layer can be read: exactly one reading each, and a layer of the user by offering one.
#include "tiny.hpp"

using namespace layer;

template <class Layer>
constexpr int readings =
    ProductLayer<Layer> + PoolingLayer<Layer> + PointwiseLayer<Layer> + ReshapingLayer<Layer> + NormalizingLayer<Layer>;
static_assert(ProductLayer<Conv<3>> && ProductLayer<Dense<3>> && ProductLayer<Depthwise<>>);
static_assert(PoolingLayer<MaxPool<>> && PoolingLayer<AveragePool<>> && PoolingLayer<GlobalAverage>);
static_assert(PointwiseLayer<Relu> && PointwiseLayer<BatchNorm> && PointwiseLayer<PRelu>);
static_assert(ReshapingLayer<Flatten> && NormalizingLayer<Softmax>);
static_assert(readings<Conv<3>> == 1 && readings<MaxPool<>> == 1 && readings<TwoSlopes> == 1 && readings<Flatten> == 1 &&
              readings<int> == 0);

/// Hardtanh, in a file of one's own.
struct HardTanh {
    static constexpr const char* name = "hard_tanh/1";
    static constexpr Pointwise pointwise{.low = -1, .high = 1};
};

TEST_CASE("a layer of the user's own runs by its reading") {
    struct Net : Network<Input<Vector<3>>, HardTanh> {};
    CHECK(Tiny<Net>{}({-3, 0.5f, 3}) == Numbers{-1, 0.5f, 1});
}
