// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the lookup operations.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Calls `add(plane, panel, output, entry)` for all that the nibbles of `order` find in the tables of one pixel.
template <class Tables, class Add>
AQUATINT_INLINE constexpr void for_each_entry(const NibbleOrder& order, const Byte* nibbles, const Tables& tables,
                                              const Byte* pixel, const Window& window, Add&& add) {
    for (Size row = 0; row < window.rows; ++row)
        for (Size column = 0; column < window.columns; ++column) {
            const Byte* at = pixel + (row * window.row_pitch + column * window.column_pitch) * Tables::bytes;
            for (Size group = 0; group < window.run; ++group, at += Tables::bytes) {
                const Byte* const table = tables.find(at);
                for (Size plane = 0; plane < order.planes; ++plane)
                    for (Size panel = 0; panel < order.panels; ++panel)
                        for (Size output = 0; output < panel_outputs; ++output) add(plane, panel, output, table[*nibbles++]);
            }
        }
}
template <class Tables, unsigned Largest, Size Pixels, Size Planes, Size Panels>
struct Routine<LookupTile<Tables, Largest, Pixels, Planes, Panels>, Scalar> {
    static constexpr void run(const Byte* nibbles, const LookupSums& weights, const Tables& tables, const Byte* const* pixels,
                              const Window& window, const SumRows* sums) {
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            for (Size panel = 0; panel < Panels; ++panel)
                for (Size output = 0; output < panel_outputs; ++output) sums[panel][pixel][output] = weights.start[panel][output];
            for_each_entry({Planes, Panels, {}}, nibbles, tables, pixels[pixel], window,
                           [&](Size plane, Size panel, Size output, Byte entry) {
                               sums[panel][pixel][output] += weights.coefficients[plane] * entry;
                           });
        }
    }
};

template <Size Pixels, Size Planes>
struct Routine<BasisTile<Pixels, Planes>, Scalar> {
    static constexpr void run(const Byte* nibbles, const BasisSums& weights, const PlacedTables& tables,
                              const Byte* const* pixels, const Window& window, SumRows sums) {
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] = weights.start[output];
            for_each_entry({Planes, 1, {}}, nibbles, tables, pixels[pixel], window, [&](Size plane, Size, Size output, Byte entry) {
                const Int32 inputs = weights.factors[0] * (entry & 15) + weights.factors[1] * (entry >> 4);
                const UInt32 product = static_cast<UInt32>(weights.basis[plane][output] * inputs);
                sums[pixel][output] = static_cast<Int32>(static_cast<UInt32>(sums[pixel][output]) - product);
            });
        }
    }
};

template <unsigned Bits>
struct Routine<CellsToNibbles<Bits>, Scalar> {
    static constexpr void run(const Byte* cells, Size vectors, const NibbleOrder& order, Byte* nibbles) {
        const CellOrder from{Bits, panel_outputs, {1, vectors * vector_inputs}};
        for (Size group = 0; group < vectors * vector_inputs / group_inputs; ++group)
            for (unsigned plane = 0; plane < Bits; ++plane)
                for (Size output = 0; output < panel_outputs; ++output) {
                    unsigned nibble = 0;
                    for (unsigned i = 0; i < group_inputs; ++i)
                        nibble |= (from.load(cells, output, 0, group * group_inputs + i) >> plane & 1u) << i;
                    nibbles[group * order.group_bytes() + plane * order.plane_bytes() + output] = static_cast<Byte>(nibble);
                }
    }
};

template <unsigned Shift>
struct Routine<WritePlaces<Shift>, Scalar> {
    static constexpr void run(const Byte* inputs, Size vectors, Byte* places) {
        for (Size group = 0; group < vectors * vector_inputs / group_inputs; ++group, inputs += group_inputs) {
            Size at = 0;
            for (unsigned i = 0; i < group_inputs; ++i) at += static_cast<Size>(inputs[i]) << (2 * i + Shift);
            store_place(at * table_bytes, places + group * place_bytes);
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
struct Routine<SplitSums, Scalar> {
    static constexpr void run(const Byte* bytes, Byte lesser, Byte greater, Byte* split) {
        for (unsigned i = 0; i < vector_inputs; ++i) {
            const bool has_greater = bytes[i] >= greater;
            const bool has_lesser = bytes[i] - (has_greater ? greater : 0) >= most(lesser, Byte(1));
            split[i] = static_cast<Byte>((has_lesser ? 1 : 0) + (has_greater ? 2 : 0));
        }
    }
};

}}  // namespace aquatint
