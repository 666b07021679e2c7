// SPDX-License-Identifier: BSL-1.0
// The orders of the lookup family, which all processors share: weights of one bit as nibbles that index tables, and the tables.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/pack/cells.hpp>
#include <type_traits>

namespace aquatint { inline namespace v0 {

inline constexpr Size group_inputs = 4;     ///< consecutive inputs that share a table; their weights are one nibble
inline constexpr Size table_bytes = 16;     ///< a table has one entry for every nibble
inline constexpr Size vector_inputs = 16;   ///< inputs of a packed vector of one-bit weights: four groups of sixteen outputs

/// Weights of a few panels of 16 outputs, a nibble in each byte, so that nothing is masked where they are looked up: groups of
/// four inputs, of each its planes, of a plane its panels.
///
///     byte ((group * planes + plane) * panels + panel) * 16 + output      bit k: the weight of input 4 * group + k
///
/// Whatever has 32 bytes of a group is one vector, and all of it finds its entries in the same
/// table. Every segment starts a new group.
struct NibbleOrder {
    unsigned planes = 1;
    Size panels = 1;
    Segments inputs;

    constexpr Size plane_bytes() const { return panels * panel_outputs; }
    constexpr Size group_bytes() const { return planes * plane_bytes(); }
    constexpr Size groups_per_segment() const { return ceil_div(inputs.run, group_inputs); }
    constexpr Size groups() const { return inputs.segments * groups_per_segment(); }
    constexpr Size bytes() const { return groups() * group_bytes(); }

    constexpr FieldPlace place(unsigned plane, Size output, Size segment, Size input) const {
        const Size group = segment * groups_per_segment() + input / group_inputs;
        return {group * group_bytes() + plane * plane_bytes() + output, static_cast<unsigned>(input % group_inputs)};
    }

    constexpr unsigned load(const Byte* bytes, Size output, Size segment, Size input) const {
        unsigned code = 0;
        for (unsigned plane = 0; plane < planes; ++plane) {
            const FieldPlace field = place(plane, output, segment, input);
            code |= (static_cast<unsigned>(bytes[field.byte]) >> field.shift & 1u) << plane;
        }
        return code;
    }
};

/// The tables of all groups that four inputs of two bits can be: constants, so nothing is
/// written but where the table of a group is.
struct LookupTables {
    alignas(64) Byte entry[256][table_bytes];
};
/// `entry(inputs, weights)`: what four inputs, two bits each, the first one lowest, are worth to weights of one bit.
template <class Entry>
constexpr LookupTables make_tables(Entry&& entry) {
    LookupTables tables{};
    for (unsigned inputs = 0; inputs < 256; ++inputs)
        for (unsigned weights = 0; weights < table_bytes; ++weights)
            tables.entry[inputs][weights] = static_cast<Byte>(entry(inputs, weights));
    return tables;
}

/// Where a group finds its table: bytes from the first one, in two bytes, the low one first.
inline constexpr Size place_bytes = 2;

constexpr Size load_place(const Byte* place) { return static_cast<Size>(place[0] | place[1] << 8); }
constexpr void store_place(Size at, Byte* place) {
    place[0] = static_cast<Byte>(at & 255);
    place[1] = static_cast<Byte>(at >> 8);
}
/// Of so many inputs, whole groups.
constexpr Size bytes_of_places(Size inputs) { return inputs / group_inputs * place_bytes; }

/// Where a routine finds the table of a group: a pixel is a row of groups, `bytes` each. Here they are places of constants.
struct PlacedTables {
    static constexpr Size bytes = place_bytes;
    const LookupTables& tables;

    AQUATINT_INLINE constexpr const Byte* find(const Byte* place) const {
        if (std::is_constant_evaluated()) return tables.entry[load_place(place) / table_bytes];
        return reinterpret_cast<const Byte*>(tables.entry) + load_place(place);
    }
};
/// Here they are the tables themselves: for inputs that many taps and panels read.
struct WrittenTables {
    static constexpr Size bytes = table_bytes;

    AQUATINT_INLINE constexpr const Byte* find(const Byte* table) const { return table; }
};
template <class Tables>
struct TableGroup {
    Byte of[Tables::bytes];
};

}}  // namespace aquatint::v0
