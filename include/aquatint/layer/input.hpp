// SPDX-License-Identifier: BSL-1.0
// Input<shape, policy>: what the caller hands to infer.
#pragma once

#include <aquatint/base/shape.hpp>
#include <aquatint/policy/precision.hpp>

namespace aquatint { inline namespace v0 {

/// Rows, columns, interleaved channels.
template <Size Height, Size Width, Size Channels = 1>
struct Image {
    static constexpr Shape shape{Height, Width, Channels};
};
template <Size Elements>
struct Vector {
    static constexpr Shape shape{1, 1, Elements};
};

/// With `Uniform<8>` the caller hands over bytes, by channel their scale and zero point are parameters (a
/// picture's normalisation); with Real, floats.
template <class ShapeType, class Reader = Real>
struct Input {
    using Said = SaidPrecision<Real, Reader, Carry<Real>>;
    static constexpr Shape shape = ShapeType::shape;
    using Numbers = AsActivation<typename PolicyOrReal<Reader>::type>;
};

}}  // namespace aquatint::v0
