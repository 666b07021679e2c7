// SPDX-License-Identifier: BSL-1.0
// Dense<outputs>: every output sees every input.
#pragma once

#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

/// Weights are [outputs][inputs]; a bias by output is part of the layer.
template <Size Outputs>
struct Dense {
    static constexpr const char* name = "dense/1";
    static constexpr Product product(Shape) { return {Geometry{}, Outputs, true}; }
};

}}  // namespace aquatint::v0
