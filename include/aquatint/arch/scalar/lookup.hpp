// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the lookup operations.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Calls `add(output, entry)` for all that the nibbles of a plane find in the tables of one pixel.
template <class Add>
AQUATINT_INLINE constexpr void for_each_entry(const Byte* plane, const Byte* pixel, const Window& window, Add&& add) {
    for (Size row = 0; row < window.rows; ++row)
        for (Size column = 0; column < window.columns; ++column, plane += window.run / vector_inputs * vector_bytes) {
            const Byte* const tables = pixel + (row * window.row_pitch + column * window.column_pitch) / group_inputs * table_bytes;
            for (Size group = 0; group < window.run / group_inputs; ++group)
                for (Size output = 0; output < panel_outputs; ++output) {
                    const unsigned nibbles = plane[group / 4 * vector_bytes + group % 2 * panel_outputs + output];
                    const unsigned weights = group % 4 < 2 ? nibbles & 15u : nibbles >> 4;
                    add(output, tables[group * table_bytes + weights]);
                }
        }
}
template <unsigned Largest, Size Pixels, Size Planes>
struct Routine<LookupTile<Largest, Pixels, Planes>, Scalar> {
    static constexpr void run(const Byte* const* planes, const LookupSums& weights, const Byte* const* pixels, const Window& window,
                              Int32 (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] = weights.start[output];
            for (Size plane = 0; plane < Planes; ++plane)
                for_each_entry(planes[plane], pixels[pixel], window, [&](Size output, Byte entry) {
                    sums[pixel][output] += weights.coefficients[plane] * entry;
                });
        }
    }
};

template <Size Pixels>
struct Routine<BasisTile<Pixels>, Scalar> {
    static constexpr void run(const Byte* const* planes, const BasisSums& weights, const Byte* const* pixels, const Window& window,
                              Int32 (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] = weights.start[output];
            for (Size plane = 0; plane < 2; ++plane)
                for_each_entry(planes[plane], pixels[pixel], window, [&](Size output, Byte entry) {
                    const Int32 inputs = weights.factors[0] * (entry & 15) + weights.factors[1] * (entry >> 4);
                    const UInt32 product = static_cast<UInt32>(weights.basis[plane][output] * inputs);
                    sums[pixel][output] = static_cast<Int32>(static_cast<UInt32>(sums[pixel][output]) - product);
                });
        }
    }
};

template <unsigned Bits>
struct Routine<CellsToNibbles<Bits>, Scalar> {
    static constexpr void run(const Byte* cells, Size vectors, Size plane_bytes, Byte* nibbles) {
        const CellOrder from{Bits, panel_outputs, {1, vector_inputs}};
        const NibbleOrder to{1, panel_outputs, {1, vector_inputs}};
        for (Size vector = 0; vector < vectors; ++vector, cells += Bits * vector_bytes, nibbles += vector_bytes)
            for (unsigned plane = 0; plane < Bits; ++plane) {
                Byte* const own = nibbles + plane * plane_bytes;
                for (Size at = 0; at < vector_bytes; ++at) own[at] = 0;
                for (Size output = 0; output < panel_outputs; ++output)
                    for (Size input = 0; input < vector_inputs; ++input)
                        to.store(own, output, 0, input, from.load(cells, output, 0, input) >> plane & 1u);
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

template <unsigned Bit>
struct Routine<BitsOfBytes<Bit>, Scalar> {
    static constexpr unsigned run(const Byte* bytes) {
        unsigned bits = 0;
        for (unsigned i = 0; i < vector_inputs; ++i) bits |= (bytes[i] >> Bit & 1u) << i;
        return bits;
    }
};

template <>
struct Routine<SplitSums, Scalar> {
    static constexpr void run(const Byte* bytes, Byte lesser, Byte greater, Byte* split) {
        for (unsigned i = 0; i < vector_inputs; ++i) {
            const bool has_greater = bytes[i] >= greater;
            const bool has_lesser = bytes[i] - (has_greater ? greater : 0) >= most(lesser, Byte(1));
            split[i] = static_cast<Byte>((has_lesser ? 1 : 0) + (has_greater ? 16 : 0));
        }
    }
};

template <>
struct Routine<WriteSignTables, Scalar> {
    static constexpr void run(unsigned signs, Byte* tables) {
        for (unsigned group = 0; group < vector_inputs / group_inputs; ++group)
            for (unsigned weights = 0; weights < table_bytes; ++weights)
                tables[group * table_bytes + weights] = bipolar_entry(signs >> group * group_inputs & 15u, weights);
    }
};

template <bool Signs, unsigned Largest>
struct Routine<WriteTables<Signs, Largest>, Scalar> {
    static constexpr void run(const Byte* inputs, Byte* tables) {
        for (unsigned group = 0; group < vector_inputs / group_inputs; ++group)
            for (unsigned weights = 0; weights < table_bytes; ++weights) {
                unsigned entry = 0;
                for (unsigned i = 0; i < group_inputs; ++i) {
                    const unsigned input = inputs[group * group_inputs + i];
                    const bool one = (weights >> i & 1u) != 0;
                    entry += Signs ? one ? Largest - input : input : one ? input : 0u;
                }
                tables[group * table_bytes + weights] = static_cast<Byte>(entry);
            }
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
