// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the lookup operations.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Adds the groups of every run from `first_group` on, for one pixel on one plane.
constexpr void add_groups(const Byte* plane, const Byte* pixel, const Window& window, Size first_group, Int32* sums) {
    for (Size row = 0; row < window.rows; ++row)
        for (Size column = 0; column < window.columns; ++column, plane += ceil_div(window.run, vector_inputs) * vector_bytes) {
            const Byte* const tables = pixel + (row * window.row_pitch + column * window.column_pitch) / group_inputs * table_bytes;
            for (Size group = first_group; group < window.run / group_inputs; ++group)
                for (Size output = 0; output < panel_outputs; ++output) {
                    const unsigned nibbles = plane[group / 4 * vector_bytes + group % 2 * panel_outputs + output];
                    const unsigned weights = group % 4 < 2 ? nibbles & 15u : nibbles >> 4;
                    sums[output] += static_cast<Int32>(group_inputs) - 2 * tables[group * table_bytes + weights];
                }
        }
}

template <Size Pixels, Size Planes>
struct Routine<LookupTile<Pixels, Planes>, Scalar> {
    static constexpr void run(const Byte* const* planes, const Byte* const* pixels, const Window& window,
                              Int32 (*sums)[panel_outputs]) {
        for (Size plane = 0; plane < Planes; ++plane)
            for (Size pixel = 0; pixel < Pixels; ++pixel) {
                Int32* const row = sums[plane * Pixels + pixel];
                for (Size output = 0; output < panel_outputs; ++output) row[output] = 0;
                add_groups(planes[plane], pixels[pixel], window, 0, row);
            }
    }
};

template <>
struct Routine<CellsToNibbles, Scalar> {
    static constexpr void run(const Byte* cells, Size vectors, Byte* nibbles) {
        const CellOrder from{1, panel_outputs, {1, vector_inputs}};
        const NibbleOrder to{1, panel_outputs, {1, vector_inputs}};
        for (Size vector = 0; vector < vectors; ++vector, cells += vector_bytes, nibbles += vector_bytes) {
            for (Size at = 0; at < vector_bytes; ++at) nibbles[at] = 0;
            for (Size output = 0; output < panel_outputs; ++output)
                for (Size input = 0; input < vector_inputs; ++input)
                    to.store(nibbles, output, 0, input, from.load(cells, output, 0, input));
        }
    }
};

template <>
struct Routine<CountDifferences, Scalar> {
    static constexpr void run(const Byte* cells, const Byte* signs, Size vectors, Int32* differences) {
        for (Size vector = 0; vector < vectors; ++vector, cells += vector_bytes, signs += cell_inputs)
            for (Size at = 0; at < vector_bytes; ++at) {
                const unsigned differ = unsigned{cells[at]} ^ signs[at % cell_inputs];
                const Size output = at / cell_inputs;
                for (unsigned cell = 0; cell < 4; ++cell) {
                    differences[output] += static_cast<Int32>(differ >> 2 * cell & 1u);
                    differences[output + panel_outputs / 2] += static_cast<Int32>(differ >> (2 * cell + 1) & 1u);
                }
            }
    }
};

template <>
struct Routine<SignsOfBytes, Scalar> {
    static constexpr unsigned run(const Byte* bytes) {
        unsigned signs = 0;
        for (unsigned i = 0; i < vector_inputs; ++i) signs |= (bytes[i] >> 1 & 1u) << i;
        return signs;
    }
};

template <>
struct Routine<SignsOfCodes, Scalar> {
    static constexpr unsigned run(const Byte* codes) {
        unsigned signs = 0;
        for (unsigned i = 0; i < vector_inputs; ++i) signs |= (codes[i] & 1u) << i;
        return signs;
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
