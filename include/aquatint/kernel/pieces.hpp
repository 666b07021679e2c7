// SPDX-License-Identifier: BSL-1.0
// Products of any size in bounded scratch: weights are decoded piece by piece, some of the inputs of sixteen outputs at a time.
#pragma once

#include <aquatint/arch/operations.hpp>
#include <aquatint/kernel/copy.hpp>

namespace aquatint { inline namespace v0 {

/// Whole kernel rows, or a part of one: inputs first ... first + run of the segments row ... row + rows.
struct Piece {
    Size row = 0, rows = 1;
    Size first = 0, run = 0;

    constexpr Size cells() const { return rows * ceil_div(run, cell_inputs); }
    constexpr Size first_cell(const Segments& all) const { return row * all.cells_per_segment() + first / cell_inputs; }
};

/// Covers all inputs in order by pieces of at most `most_cells`. Where there are groups, they are whole cells, and no piece
/// crosses the border of one; `group` 0: there are none.
template <class Action>
AQUATINT_INLINE constexpr void for_each_piece(const Segments& all, Size most_cells, Size group, Action&& action) {
    const Size rows = group == 0 ? most_cells / all.cells_per_segment() : 0;
    if (rows != 0) {
        for (Size row = 0; row < all.segments; row += rows) action(Piece{row, least(rows, all.segments - row), 0, all.run});
        return;
    }
    const Size longest = most_cells * cell_inputs;
    for (Size row = 0; row < all.segments; ++row)
        for (Size first = 0, run = 0; first < all.run; first += run) {
            run = least(longest, all.run - first);
            if (group != 0) run = least(run, group - first % group);
            action(Piece{row, 1, first, run});
        }
}

/// Scratch for `part_of_panel`: one byte where it never copies, since each cell begins a packed vector.
constexpr Size part_bytes(unsigned bits, Size cells) {
    return bits == 4 || bits == 8 ? 1 : CellOrder{bits, panel_outputs, {1, cells * cell_inputs}}.panel_bytes();
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// One byte vector of a plane to another place.
constexpr void copy_field(const Byte* from_plane, Size from, unsigned width, Size to, Byte* to_plane) {
    const Size fields = 8 / width;
    const unsigned mask = (1u << width) - 1;
    const unsigned from_shift = static_cast<unsigned>(from % fields) * width;
    const unsigned to_shift = static_cast<unsigned>(to % fields) * width;
    from_plane += from / fields * vector_bytes;
    to_plane += to / fields * vector_bytes;
    for (Size at = 0; at < vector_bytes; ++at) {
        const unsigned before = to_shift == 0 ? 0u : to_plane[at];
        to_plane[at] = static_cast<Byte>(before | (from_plane[at] >> from_shift & mask) << to_shift);
    }
}

/// Some cells of a panel as a panel of their own: in place where there is one plane and they begin a packed vector, else copied
/// to `scratch`. What follows the cells in their last packed vectors is unspecified.
template <unsigned Bits>
constexpr const Byte* part_of_panel(const Byte* panel, const CellOrder& order, Size first_cell, Size cells, Byte* scratch) {
    constexpr FieldPlanes planes(Bits);
    const Size first = 2 * first_cell, vectors = 2 * cells;
    if constexpr (planes.count == 1)
        if (first % (8 / Bits) == 0) return panel + first / (8 / Bits) * vector_bytes;
    const CellOrder part{Bits, panel_outputs, {1, cells * cell_inputs}};
    Byte* to = scratch;
    for (unsigned plane = 0; plane < planes.count; ++plane) {
        const unsigned width = planes.width[plane];
        const Size fields = 8 / width;
        if (first % fields == 0) copy(panel + first / fields * vector_bytes, part.plane_bytes(width), to);
        else
            for (Size vector = 0; vector < vectors; ++vector) copy_field(panel, first + vector, width, vector, to);
        panel += order.plane_bytes(width);
        to += part.plane_bytes(width);
    }
    return scratch;
}

}}  // namespace aquatint
