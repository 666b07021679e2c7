// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the real operations: one chain of fused multiply-adds an output, inputs in ascending order.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>
#include <aquatint/base/fma.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <Size Pixels>
struct Routine<RealTile<Pixels>, Scalar> {
    static constexpr void run(const float* panel, const float* const* pixels, const Window& window, float (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            const float* weights = panel;
            for (Size row = 0; row < window.rows; ++row)
                for (Size column = 0; column < window.columns; ++column) {
                    const float* inputs = pixels[pixel] + row * window.row_pitch + column * window.column_pitch;
                    for (Size input = 0; input < window.run; ++input, weights += panel_outputs)
                        for (Size output = 0; output < panel_outputs; ++output)
                            sums[pixel][output] = fused(inputs[input], weights[output], sums[pixel][output]);
                }
        }
    }
};

template <>
struct Routine<ToReal, Scalar> {
    static constexpr void run(const Int32* sums, const float* scale, const float* offset, float* values) {
        for (Size output = 0; output < panel_outputs; ++output)
            values[output] = fused(static_cast<float>(sums[output]), scale[output], offset[output]);
    }
};

}}  // namespace aquatint
