// SPDX-License-Identifier: BSL-1.0
// Nested layers as one flat list of atoms: a layer, and the precision that surrounds it.
#pragma once

#include <aquatint/base/indices.hpp>
#include <aquatint/policy/precision.hpp>

namespace aquatint { inline namespace v0 {

template <class LayerType, class PrecisionType>
struct Atom {
    using Layer = LayerType;
    using Numbers = PrecisionType;
};

/// Layers that contain layers specialise this, each in its own header.
template <class Layer, class Numbers>
struct Flattened {
    using type = TypeList<Atom<Layer, Numbers>>;
};
template <class Numbers, class... Layers>
using FlattenedAll = decltype((TypeList<>{} + ... + typename Flattened<Layers, Numbers>::type{}));

/// A precision that nothing inside may change: the float twin of a network, for calibration and as the baseline.
template <class Numbers>
struct Forced : Numbers {};

}}  // namespace aquatint::v0
