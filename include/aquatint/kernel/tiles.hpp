// SPDX-License-Identifier: BSL-1.0
// Output pixels by blocks and tiles. The pixels of a tile follow each other through the rows of its block, whatever its width; or
// they are neighbours in a row, where they share what lies under the kernel.
#pragma once

#include <aquatint/arch/operations.hpp>
#include <aquatint/base/config.hpp>

namespace aquatint { inline namespace v0 {

/// A rectangle of output pixels: all of them, or those that share decoded weights.
struct PixelBlock {
    Size row = 0, rows = 1;
    Size column = 0, columns = 1;
};

/// How many pixels an epilogue takes at a time: their sums stay in the first cache, and what does not
/// change from pixel to pixel is found but once.
inline constexpr Size strip_pixels = 32;

/// Some pixels of a block, numbered through its rows: where the first one is, and the row of the last.
struct PixelTile {
    Size row = 0, last_row = 0, column = 0, count = 0;
};

/// Calls `action(index, tile)` for tiles of at most `Most` pixels, as equal as can be.
template <Size Most, class Action>
constexpr void for_each_tile_of(const PixelBlock& block, Action&& action) {
    const Size pixels = block.rows * block.columns, tiles = ceil_div(pixels, Most);
    const Size count = pixels / tiles, longer = pixels % tiles;
    Size row = block.row, column = block.column;
    for (Size index = 0; index < tiles; ++index) {
        PixelTile tile{row, row, column, count + (index < longer ? 1 : 0)};
        for (column += tile.count; column >= block.column + block.columns; ++row) column -= block.columns;
        tile.last_row = column == block.column ? row - 1 : row;
        action(index, tile);
    }
}

/// Calls `action(pixel, row, column)` for the pixels of a tile.
template <class Action>
AQUATINT_INLINE constexpr void for_each_pixel(const PixelBlock& block, const PixelTile& tile, Action&& action) {
    Size row = tile.row, column = tile.column;
    for (Size pixel = 0; pixel < tile.count; ++pixel) {
        action(pixel, row, column);
        if (++column == block.column + block.columns) column = block.column, ++row;
    }
}

/// Calls `action(pixel, row, column, count)` for the pixels of a tile that are neighbours in a row.
template <class Action>
AQUATINT_INLINE constexpr void for_each_run_of(const PixelBlock& block, const PixelTile& tile, Action&& action) {
    Size row = tile.row, column = tile.column;
    for (Size pixel = 0, count = 0; pixel < tile.count; pixel += count, ++row, column = block.column) {
        count = least(tile.count - pixel, block.column + block.columns - column);
        action(pixel, row, column, count);
    }
}

/// Calls `action(tile, row, column, count)` for tiles of at most `Most` neighbours in a row,
/// `from` to `to`, numbered row after row.
template <Size Most, class Action>
AQUATINT_INLINE constexpr void for_each_tile(Size width, Size from, Size to, Action&& action) {
    const Size across = ceil_div(width, Most);
    Size row = from / across, column = from % across * Most;
    for (Size tile = 0; tile < to - from; ++tile) {
        action(tile, row, column, least(Most, width - column));
        column += Most;
        if (column >= width) {
            column = 0;
            ++row;
        }
    }
}

/// The same tiles by strips of neighbours in a row, at most `strip_pixels`: `action(first tile, row, column, count)`.
template <Size Most, class Action>
AQUATINT_INLINE constexpr void for_each_strip(Size width, Size from, Size to, Action&& action) {
    const Size across = ceil_div(width, Most);
    for (Size tile = from, tiles = 0; tile < to; tile += tiles) {
        const Size place = tile % across, column = place * Most;
        tiles = least(least(strip_pixels / Most, across - place), to - tile);
        action(tile - from, tile / across, column, least(tiles * Most, width - column));
    }
}

}}  // namespace aquatint::v0
