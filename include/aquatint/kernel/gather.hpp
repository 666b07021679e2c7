// SPDX-License-Identifier: BSL-1.0
// The inputs under the kernel for blocks and tiles of pixels: read where they lie, or copied, at the borders of images, at the
// end of memory, and where codes have to become something else.
#pragma once

#include <aquatint/kernel/copy.hpp>
#include <aquatint/kernel/numbers.hpp>
#include <aquatint/kernel/pieces.hpp>
#include <aquatint/kernel/tiles.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// As what a kernel reads an element: a float as itself; a code as the byte of its level (integer kernels), or as its number.
template <class Number, Policy Reader>
struct InputReading {
    static constexpr bool bytes = std::is_same_v<Number, Byte>;

    static constexpr bool same = [] {   // no table is needed
        if constexpr (std::is_same_v<Reader, Real>) return true;
        else if constexpr (bytes) return codes_are_bytes<Reader>;
        else return false;
    }();

    Number table[same ? 1 : 256]{};
    Number zero{};   ///< what lies outside of an image

    constexpr explicit InputReading([[maybe_unused]] const typename Reader::Levels& levels) {
        if constexpr (bytes) zero = static_cast<Byte>(ByteLevels<Reader>::zero(levels));
        if constexpr (!same)
            for (unsigned code = 0; code < Reader::codes; ++code) {
                if constexpr (bytes) table[code] = ByteLevels<Reader>::byte(code, levels);
                else table[code] = Reader::decode(code, levels);
            }
    }
    template <class Element>
    constexpr Number operator()(Element element) const {
        if constexpr (same) return element;
        else return table[element];
    }
};

/// Where the inputs of a tile lie: `pixel[i]` is the first input of pixel i. Missing pixels repeat the last one. Without
/// initial values: there may be many of them.
template <class Number, Size Most>
struct TileInputs {
    const Number* pixel[Most];
    Size skipped, rows;   ///< of the kernel: `rows` of a piece from `skipped` on, the others lie outside for the whole tile
    KernelEnds outside;   ///< elements of each run, of the first pixel and of the last
};

/// Finds the inputs of values, as numbers of this type. Those of a block are read where they lie, or copied once with the padding
/// around them; where even those of one pixel are too many, or the columns of a kernel are dilated, pieces of a tile are
/// gathered. `Capacity`: inputs of a piece, in whole cells.
template <class NumberType, class Values, Size Capacity, Size Most = tile_pixels>
struct Gatherer {
    using Number = NumberType;
    using Element = std::remove_const_t<typename Values::Element>;
    using Reading = InputReading<Number, typename Values::Reader>;
    using Inputs = TileInputs<Number, Most>;

    Grid<const Element> image;
    Geometry geometry;
    Reading reading;
    static constexpr Size room = most(Most * Capacity, Size(32768) / sizeof(Number));
    static_assert(room <= 1 << 15);

    PixelBlock block;
    const Number* first = nullptr;           ///< input of the block; nullptr: to be gathered
    Size row_pitch = 0, column_pitch = 0;    ///< of the block's inputs
    alignas(64) Number scratch[room];

    constexpr Gatherer(const Values& values, const Geometry& window)
        : image(values.grid), geometry(window), reading(values.levels) {}

    constexpr Size run() const { return geometry.kernel_width * image.channels; }
    constexpr Size inputs_down(Size rows) const { return (rows - 1) * geometry.stride + geometry.reach_height(); }
    constexpr Size inputs_across(Size columns) const { return (columns - 1) * geometry.stride + geometry.kernel_width; }
    constexpr bool adjacent() const { return geometry.kernel_width == 1 || geometry.dilation == 1; }
    /// Whether a copy of the block's inputs fits.
    constexpr bool has_room(const PixelBlock& wanted) const {
        const Size down = inputs_down(wanted.rows), across = inputs_across(wanted.columns);
        if (down > room || across > room || down * across > room || image.channels > room) return false;   // none of it wraps
        return down * across * image.channels + cell_inputs <= room;
    }
    /// Whether blocks at an edge, or all of them, have to be copied.
    constexpr bool copies() const {
        if (!Reading::same || geometry.padding_height != 0 || geometry.padding_width != 0) return true;
        return Reading::bytes && run() % cell_inputs != 0;
    }

    /// Turns to a block. False: its inputs are neither readable in place, nor is there room for them.
    constexpr bool enter(const PixelBlock& wanted) {
        block = wanted;
        first = nullptr;
        if (!adjacent()) return false;
        const Size top = block.row * geometry.stride, left = block.column * geometry.stride;
        if constexpr (Reading::same)
            if (readable_in_place(top, left)) {
                first = image.at(top - geometry.padding_height, left - geometry.padding_width);
                row_pitch = image.row_pitch;
                column_pitch = image.column_pitch;
                return true;
            }
        if (!has_room(block)) return false;
        column_pitch = image.channels;
        row_pitch = inputs_across(block.columns) * column_pitch;
        const Size rows = inputs_down(block.rows);
        for (Size i = 0; i < rows; ++i) copy_run(top + i, left, row_pitch, 1, 0, row_pitch, scratch + i * row_pitch);
        fill(scratch + rows * row_pitch, cell_inputs, Number{});
        first = scratch;
        return true;
    }
    /// How the inputs of a piece follow each other.
    constexpr Size pitch(const Piece& piece) const {
        return first != nullptr ? geometry.dilation * row_pitch : round_up(piece.run, cell_inputs);
    }
    /// The inputs of a piece, of a tile of the block. `skip`: without the first and the last rows that lie outside of the image
    /// for all pixels of the tile, but one row of it.
    constexpr Inputs locate(const Piece& piece, const PixelTile& tile, bool skip) {
        Inputs inputs;
        KernelRows rows{piece.row, piece.rows};
        if (skip && geometry.padding_height != 0) rows = rows_inside(geometry, image.height, tile.row, tile.last_row, rows);
        inputs.skipped = rows.first - piece.row;
        inputs.rows = rows.count;
        inputs.outside = {};
        if (skip && geometry.padding_width != 0 && tile.row == tile.last_row && tile.count == Most && piece.run == run() &&
            image.channels % cell_inputs == 0) {
            const KernelEnds ends = columns_outside(geometry, image.width, tile.column, tile.column + Most - 1);
            inputs.outside = {ends.first * image.channels, ends.last * image.channels};
        }
        if (first == nullptr) {
            gather({rows.first, rows.count, piece.first, piece.run}, tile, inputs);
            return inputs;
        }
        const Size down = geometry.stride * row_pitch, across = geometry.stride * column_pitch;
        const Number* const line = first + (tile.row - block.row) * down + rows.first * pitch(piece) + piece.first;
        const Size column = tile.column - block.column;
        if (tile.row == tile.last_row)
            for (Size pixel = 0; pixel < Most; ++pixel)
                inputs.pixel[pixel] = line + (column + least(pixel, tile.count - 1)) * across;
        else
            for (Size pixel = 0; pixel < Most; ++pixel) {
                const Size place = column + least(pixel, tile.count - 1);
                inputs.pixel[pixel] = line + place / block.columns * down + place % block.columns * across;
            }
        return inputs;
    }

private:
    /// Inside the image, and with whole cells of bytes inside its memory. Coordinates count from the padding's corner.
    constexpr bool readable_in_place(Size top, Size left) const {
        const Geometry& g = geometry;
        const Size bottom = top + inputs_down(block.rows), right = left + inputs_across(block.columns);
        if (top < g.padding_height || bottom > g.padding_height + image.height) return false;
        if (left < g.padding_width || right > g.padding_width + image.width) return false;
        if constexpr (!Reading::bytes) return true;
        const Size last =
            (bottom - 1 - g.padding_height) * image.row_pitch + (right - g.kernel_width - g.padding_width) * image.column_pitch;
        return last + round_up(run(), cell_inputs) <= image.reach();
    }
    /// Row by row, filled up to whole cells.
    constexpr void gather(const Piece& piece, const PixelTile& tile, Inputs& inputs) {
        const Geometry& g = geometry;
        const Size stretch = g.dilation == 1 ? run() : image.channels,
                   pitch = round_up(piece.run, cell_inputs);   // of the scratch
        for (Size pixel = 0; pixel < Most; ++pixel) {
            Number* const to = scratch + least(pixel, tile.count - 1) * piece.rows * pitch;
            inputs.pixel[pixel] = to;
            const Size place = tile.column - block.column + pixel;
            const Size row = tile.row + place / block.columns, column = block.column + place % block.columns;
            for (Size i = 0; i < piece.rows && pixel < tile.count; ++i) {
                copy_run(row * g.stride + (piece.row + i) * g.dilation, column * g.stride, stretch, g.dilation, piece.first,
                         piece.run, to + i * pitch);
                fill(to + i * pitch + piece.run, pitch - piece.run, reading.zero);
            }
        }
    }
    /// Inputs from ... from + count of a row of the padded image, counted from pixel `left` on. They are adjacent by stretches (a
    /// row, or a tap), one of which begins `step` columns after the other.
    constexpr void copy_run(Size y, Size left, Size stretch, Size step, Size from, Size count, Number* to) const {
        const Geometry& g = geometry;
        const Size channels = image.channels;
        const bool inside = y >= g.padding_height && y < g.padding_height + image.height;
        const Size left_edge = g.padding_width * channels, right_edge = left_edge + image.width * channels;
        for (Size i = from, here = 0; i < from + count; i += here, to += here) {
            here = least(stretch - i % stretch, from + count - i);
            const Size begin = (left + i / stretch * step) * channels + i % stretch;
            const Size start = least(most(begin, left_edge), begin + here), end = most(least(begin + here, right_edge), start);
            if (!inside || start == end) {
                fill(to, here, reading.zero);
                continue;
            }
            fill(to, start - begin, reading.zero);
            read(y - g.padding_height, start - left_edge, end - start, to + (start - begin));
            fill(to + (end - begin), begin + here - end, reading.zero);
        }
    }
    /// Elements of a row of the image from the x-th on. Its pixels may lie apart.
    constexpr void read(Size row, Size x, Size count, Number* to) const {
        const bool together = image.column_pitch == image.channels;
        for (Size end = x + count, here = 0; x < end; x += here, to += here) {
            const Size channel = x % image.channels;
            here = together ? end - x : least(image.channels - channel, end - x);
            const Element* from = image.at(row, x / image.channels) + channel;
            if constexpr (Reading::same) copy(from, here, to);
            else
                for (Size i = 0; i < here; ++i) to[i] = reading(from[i]);
        }
    }
};

}}  // namespace aquatint
