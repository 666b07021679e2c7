// SPDX-License-Identifier: BSL-1.0
// Dense<outputs>: every output sees every input.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// Weights are [outputs][inputs]; a bias by output is part of the layer.
template <Size Outputs>
struct Dense {
    static_assert(Outputs >= 1, "aquatint: Dense has at least one output");
    static constexpr const char* name = "dense/1";
    static constexpr Product product(Shape) { return {Geometry{}, Outputs, true}; }
};

}}  // namespace aquatint::v0
