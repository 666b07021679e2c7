// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the real operations: one chain of fused multiply-adds an output, inputs in ascending order.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>
#include <aquatint/base/fma.hpp>
#include <aquatint/base/round.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <Size Pixels>
struct Routine<RealTile<Pixels>, Scalar> {
    static constexpr void run(const float* panel, const float* const* pixels, const Window& window,
                              float (*sums)[panel_outputs]) {
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
struct Routine<RealRow, Scalar> {
    static constexpr Size panels = 1;

    template <Size Panels>
    static constexpr void run(const float* const* numbers, const float* inputs, Size count, float (*sums)[panel_outputs]) {
        for (Size panel = 0; panel < Panels; ++panel)
            for (Size input = 0; input < count; ++input)
                for (Size output = 0; output < panel_outputs; ++output)
                    sums[panel][output] =
                        fused(inputs[input], numbers[panel][input * panel_outputs + output], sums[panel][output]);
    }
};

template <Integral Reader>
struct Routine<CodedRow<Reader>, Scalar> {
    static constexpr Size panels = 1;

    template <Size Panels>
    static constexpr void run(const Byte* const* codes, const RowLevels<Panels>& levels, const float* inputs, Size cells,
                              float (*sums)[panel_outputs]) {
        const CellOrder order{Reader::bits, panel_outputs, {1, cells * cell_inputs}};
        for (Size panel = 0; panel < Panels; ++panel)
            for (Size input = 0; input < cells * cell_inputs; ++input)
                for (Size output = 0; output < panel_outputs; ++output) {
                    int digit = Terms<Reader>::digit(order.load(codes[panel], output, 0, input), 0);
                    if constexpr (Terms<Reader>::has_zero) digit -= levels.zeros[panel][output];
                    const float number = static_cast<float>(digit) * levels.scales[panel][output];
                    sums[panel][output] = fused(inputs[input], number, sums[panel][output]);
                }
    }
};

template <Size Inputs>
struct Routine<OuterTile<Inputs>, Scalar> {
    static constexpr void run(const float* inputs, const float* gradients, const PixelGrid& grid, float (*sums)[panel_outputs]) {
        grid.for_each(inputs, gradients, [&](const float* in, const float* out) {
            for (Size input = 0; input < Inputs; ++input)
                for (Size output = 0; output < panel_outputs; ++output)
                    sums[input][output] = fused(in[input], out[output], sums[input][output]);
        });
    }
};

template <>
struct Routine<ScaleDigits, Scalar> {
    static constexpr void run(const Int8* digits, Size inputs, const Int32* zeros, const float* scales, float* numbers) {
        for (Size input = 0; input < round_up(inputs, cell_inputs); ++input)
            for (Size output = 0; output < panel_outputs; ++output) {
                const int digit = digits[(input / cell_inputs * panel_outputs + output) * cell_inputs + input % cell_inputs];
                numbers[input * panel_outputs + output] = static_cast<float>(digit - zeros[output]) * scales[output];
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

template <>
struct Routine<ToRealWithTotal, Scalar> {
    static constexpr void run(const Int32* sums, const float* scale, float total, const float* total_scale, const float* constant,
                              float* values) {
        for (Size output = 0; output < panel_outputs; ++output) {
            const float steady = fused(total, total_scale[output], constant[output]);
            values[output] = fused(static_cast<float>(sums[output]), scale[output], steady);
        }
    }
};

template <>
struct Routine<AddReal, Scalar> {
    static constexpr void run(float* values, const float* numbers) {
        for (Size output = 0; output < panel_outputs; ++output) values[output] += numbers[output];
    }
};

template <>
struct Routine<Activate, Scalar> {
    static constexpr void run(const float* values, const RealActivation& activation, float* results) {
        for (Size output = 0; output < panel_outputs; ++output) {
            float value = values[output];
            if (activation.negative != nullptr) {   // one of the two terms is zero, so nothing is rounded twice
                const float above = value > 0 ? value : 0.0f, below = value < 0 ? value : 0.0f;
                value = fused(above, activation.positive[output], below * activation.negative[output]);
            }
            results[output] = clamp(value, activation.low, activation.high);
        }
    }
};

template <>
struct Routine<EncodeSigns, Scalar> {
    static constexpr void run(const float* values, Size count, float threshold, bool downward, Byte* bytes) {
        for (Size i = 0; i < count; ++i) {
            const float value = values[i] == values[i] ? values[i] : 0.0f;
            bytes[i] = (downward ? value <= threshold : value >= threshold) ? Byte(2) : Byte(0);
        }
    }
};

template <unsigned Count>
struct Routine<EncodeByThresholds<Count>, Scalar> {
    static constexpr void run(const float* values, const ByteThresholds& levels, Byte* bytes) {
        for (Size i = 0; i < panel_outputs; ++i) {
            const float value = values[i] == values[i] ? values[i] : 0.0f;
            unsigned below = 0;
            for (unsigned k = 0; k < Count; ++k) below += value > levels.threshold[k] ? 1 : 0;
            bytes[i] = levels.byte[below];
        }
    }
};

}}  // namespace aquatint
