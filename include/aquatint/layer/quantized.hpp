// SPDX-License-Identifier: BSL-1.0
// Quantized<precision, layers...>: the layers inside work in this precision; the innermost one counts.
#pragma once

#include <aquatint/layer/flattened.hpp>

namespace aquatint { inline namespace v0 {

template <class Numbers, class... Layers>
struct Quantized {};

template <class Candidate>
concept PrecisionLike = requires {
    typename Candidate::Weight;
    typename Candidate::Activation;
    typename Candidate::Carried;
};
/// A Quantized that names none stays an atom, which bind refuses.
template <class Layer>
inline constexpr bool lacks_precision = false;
template <class Inner, class... Layers>
inline constexpr bool lacks_precision<Quantized<Inner, Layers...>> = !PrecisionLike<Inner>;

template <PrecisionLike Inner, class... Layers, class Numbers>
struct Flattened<Quantized<Inner, Layers...>, Numbers> {
    using type = FlattenedAll<Inner, Layers...>;
};
template <PrecisionLike Inner, class... Layers, class Outer>
struct Flattened<Quantized<Inner, Layers...>, Forced<Outer>> {
    using type = FlattenedAll<Forced<Outer>, Layers...>;
};

}}  // namespace aquatint::v0
