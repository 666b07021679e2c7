// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the lookup operations.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <Size Pixels>
struct Routine<LookupTile<Pixels>, Scalar> {
    static constexpr void run(const Byte* panel, const Byte* const* pixels, const Window& window, Int32 (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] = 0;
            const Byte* vector = panel;
            for (Size row = 0; row < window.rows; ++row)
                for (Size column = 0; column < window.columns; ++column) {
                    const Size offset = row * window.row_pitch + column * window.column_pitch;
                    const Byte* const tables = pixels[pixel] + offset / group_inputs * table_bytes;
                    for (Size group = 0; group < window.run / group_inputs; ++group)
                        for (Size output = 0; output < panel_outputs; ++output)
                            sums[pixel][output] += static_cast<Int32>(group_inputs) -
                                                   2 * tables[group * table_bytes + nibble(vector, group, output)];
                    vector += ceil_div(window.run, vector_inputs) * vector_bytes;
                }
        }
    }

private:
    static constexpr unsigned nibble(const Byte* vector, Size group, Size output) {
        const unsigned both = vector[group / 4 * vector_bytes + group % 2 * panel_outputs + output];
        return group % 4 / 2 == 0 ? both & 15u : both >> 4;
    }
};

template <>
struct Routine<WriteTables, Scalar> {
    static constexpr void run(unsigned signs, Byte* tables) {
        for (unsigned group = 0; group < panel_outputs / group_inputs; ++group)
            for (unsigned weights = 0; weights < table_bytes; ++weights)
                tables[group * table_bytes + weights] = bipolar_entry(signs >> group * group_inputs & 15u, weights);
    }
};

template <>
struct Routine<SignBits, Scalar> {
    static constexpr unsigned run(const float* values, float threshold, bool downward) {
        unsigned signs = 0;
        for (unsigned i = 0; i < panel_outputs; ++i) {
            const float value = values[i] == values[i] ? values[i] : 0.0f;
            signs |= ((downward ? value <= threshold : value >= threshold) ? 1u : 0u) << i;
        }
        return signs;
    }
};

}}  // namespace aquatint
