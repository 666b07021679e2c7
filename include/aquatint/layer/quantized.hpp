// SPDX-License-Identifier: BSL-1.0
// Quantized<precision, layers...>: the layers inside work in this precision; the innermost one counts.
#pragma once

#include <aquatint/layer/flattened.hpp>

namespace aquatint { inline namespace v0 {

template <class Numbers, class... Layers>
struct Quantized {};

template <class Inner, class... Layers, class Numbers>
struct Flattened<Quantized<Inner, Layers...>, Numbers> {
    using type = FlattenedAll<Inner, Layers...>;
};
template <class Inner, class... Layers, class Outer>
struct Flattened<Quantized<Inner, Layers...>, Forced<Outer>> {
    using type = FlattenedAll<Forced<Outer>, Layers...>;
};

}}  // namespace aquatint::v0
