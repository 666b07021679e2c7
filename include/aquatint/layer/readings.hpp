// SPDX-License-Identifier: BSL-1.0
// As what a layer can be read: a product with weights, a pooling, a function of single values, a change of shape. The narrow
// waist of the layers: evaluators know these readings, not the layers.
#pragma once

#include <aquatint/kernel/geometry.hpp>
#include <concepts>

namespace aquatint { inline namespace v0 {

template <class Layer>
concept ProductLayer = requires(Shape in) {
    { Layer::product(in) } -> std::same_as<Product>;
};
template <class Layer>
concept PoolingLayer = requires(Shape in) {
    { Layer::pooling(in) } -> std::same_as<Pooling>;
};
template <class Layer>
concept PointwiseLayer = requires {
    { Layer::pointwise } -> std::convertible_to<Pointwise>;
};
template <class Layer>
concept ReshapingLayer = requires(Shape in) {
    { Layer::reshape(in) } -> std::same_as<Shape>;
};
/// Softmax: all channels of a pixel enter every result.
template <class Layer>
concept NormalizingLayer = requires {
    { Layer::normalizes_channels } -> std::convertible_to<bool>;
};

}}  // namespace aquatint::v0
