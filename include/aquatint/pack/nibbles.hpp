// SPDX-License-Identifier: BSL-1.0
// The order of the lookup family: weights of one bit as nibbles that index tables; a bijection that all processors share.
#pragma once

#include <aquatint/pack/cells.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr Size group_inputs = 4;     ///< consecutive inputs that share a table; their weights are one nibble
inline constexpr Size table_bytes = 16;     ///< a table has one entry for every nibble
inline constexpr Size vector_inputs = 16;   ///< inputs of a vector of 32 bytes: four groups of sixteen outputs

/// Panels of 16 outputs; in a panel, plane after plane of one bit; in a plane, vectors of 32 bytes. Vector v of a segment holds its
/// inputs 16v ... 16v + 15, the groups g = 4v ... 4v + 3:
///
///                    byte  0     1    ...   15   |   16    17   ...   31
///     low nibble         o0,g   o1,g  ... o15,g  | o0,g+1  ...     o15,g+1
///     high nibble        o0,g+2 o1,g+2 ...       | o0,g+3  ...     o15,g+3
///     bit k of a nibble: the weight of input 4g + k
///
/// so that the tables of two neighbouring groups, side by side in memory, are one vector, and one byte shuffle looks up the sums of
/// sixteen outputs in both. Every segment starts a new vector. Padding is code 0.
struct NibbleOrder {
    unsigned bits = 1;
    Size outputs = 0;
    Segments inputs;

    constexpr Size panels() const { return ceil_div(outputs, panel_outputs); }
    constexpr Size vectors_per_segment() const { return ceil_div(inputs.run, vector_inputs); }
    constexpr Size vectors() const { return inputs.segments * vectors_per_segment(); }
    constexpr Size plane_bytes() const { return vectors() * vector_bytes; }
    constexpr Size panel_bytes() const { return bits * plane_bytes(); }
    constexpr Size bytes() const { return panels() * panel_bytes(); }

    constexpr FieldPlace place(unsigned plane, Size output, Size segment, Size input) const {
        const Size vector = segment * vectors_per_segment() + input / vector_inputs;
        const Size group = input % vector_inputs / group_inputs;
        return {output / panel_outputs * panel_bytes() + plane * plane_bytes() + vector * vector_bytes + group % 2 * panel_outputs +
                    output % panel_outputs,
                static_cast<unsigned>(group / 2 * group_inputs + input % group_inputs)};
    }

    constexpr unsigned load(const Byte* bytes, Size output, Size segment, Size input) const {
        unsigned code = 0;
        for (unsigned plane = 0; plane < bits; ++plane) {
            const FieldPlace field = place(plane, output, segment, input);
            code |= (static_cast<unsigned>(bytes[field.byte]) >> field.shift & 1u) << plane;
        }
        return code;
    }
    constexpr void store(Byte* bytes, Size output, Size segment, Size input, unsigned code) const {
        for (unsigned plane = 0; plane < bits; ++plane) {
            const FieldPlace field = place(plane, output, segment, input);
            const unsigned cleared = static_cast<unsigned>(bytes[field.byte]) & ~(1u << field.shift);
            bytes[field.byte] = static_cast<Byte>(cleared | (code >> plane & 1u) << field.shift);
        }
    }
};

/// The bipolar table of four inputs of ±1, given as bits: how many of them differ from the weights of a nibble, 0 ... 4. Where no
/// input is (padding of ±1 cannot be zero) every entry is 2, which adds nothing to a sum of ±1 times ±1.
inline constexpr Byte neutral_entry = 2;

constexpr Byte bipolar_entry(unsigned inputs, unsigned weights) {
    const unsigned pairs = (inputs ^ weights) - ((inputs ^ weights) >> 1 & 5u);
    return static_cast<Byte>((pairs & 3u) + (pairs >> 2));
}

}}  // namespace aquatint::v0
