// SPDX-License-Identifier: BSL-1.0
// Sequential<layers...>: several layers as one, for alias templates that name a block.
#pragma once

#include <aquatint/layer/flattened.hpp>

namespace aquatint { inline namespace v0 {

template <class... Layers>
struct Sequential {};

template <class... Layers, class Numbers>
struct Flattened<Sequential<Layers...>, Numbers> {
    using type = FlattenedAll<Numbers, Layers...>;
};

}}  // namespace aquatint::v0
