// SPDX-License-Identifier: BSL-1.0
// Layers on inputs small enough to compute by hand, in full precision.
#pragma once

#include <aquatint/network/infer.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace layer {

using namespace aquatint;

/// The shape after these layers.
template <class InputShape, class... Layers>
struct After : Network<Input<InputShape>, Layers...> {};
template <class InputShape, class... Layers>
constexpr Shape shape_after = After<InputShape, Layers...>::graph.values[After<InputShape, Layers...>::graph.output].shape;

using Numbers = std::vector<float>;

/// A network whose parameters are written by hand. Step 0 is the input.
template <class Net>
struct Tiny {
    Parameters<Net> parameters{};
    Arena<Net> arena{};

    /// [outputs][inputs/groups][ky][kx], as frameworks have them.
    template <int Index>
    Tiny& weights(const Numbers& values) {
        constexpr ProductPlan plan = Net::graph.plan(Net::graph.steps[Index]);
        const Geometry& g = plan.product.geometry;
        const RealOrder order{plan.part_outputs(), plan.segments().inputs()};
        auto value = values.begin();
        for (Size o = 0; o < plan.product.outputs; ++o)
            for (Size c = 0; c < plan.group_inputs(); ++c)
                for (Size ky = 0; ky < g.kernel_height; ++ky)
                    for (Size kx = 0; kx < g.kernel_width; ++kx) {
                        const auto [segment, input] = plan.place(c, ky, kx);
                        const Size part = o / plan.part_outputs(), at = segment * plan.segments().run + input;
                        step_of<Index>(parameters).weights[part * order.floats() + order.place(o % plan.part_outputs(), at)] =
                            *value++;
                    }
        REQUIRE(value == values.end());
        return *this;
    }
    template <int Index>
    Tiny& bias(const Numbers& values) {
        return fill(step_of<Index>(parameters).bias, values);
    }
    template <Size Count>
    Tiny& fill(float (&numbers)[Count], const Numbers& values) {
        REQUIRE(values.size() == Count);
        for (Size i = 0; i < Count; ++i) numbers[i] = values[i];
        return *this;
    }
    Numbers operator()(const Numbers& input) {
        REQUIRE(input.size() == Net::input_shape.elements());
        const VectorView<const float> output = infer(parameters, arena, input.data());
        return {output.begin(), output.end()};
    }
};

}  // namespace layer
