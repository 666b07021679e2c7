// SPDX-License-Identifier: BSL-1.0
// The walk of a product through its outputs: blocks of pixels, panels of outputs, pieces of inputs, tiles of pixels.
#pragma once

#include <aquatint/kernel/finish.hpp>
#include <aquatint/kernel/gather.hpp>
#include <aquatint/kernel/sums.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Calls `action(block)` for blocks of at most `most` pixels, which `gatherer` has entered. They are as large as their inputs
/// allow: every block decodes the weights again.
template <class Gatherer, class Action>
constexpr void for_each_block(Size height, Size width, Size most, Gatherer& gatherer, Action&& action) {
    const Size widest = height == 1 ? most : Size(32);   // copies of wide blocks of few rows would be of padding and neighbours
    const Size few = height == 1 ? tile_pixels : 2;
    const bool copyable = gatherer.adjacent() && gatherer.has_room({0, least(height, few), 0, least(width, few)});
    PixelBlock shape{0, 1, 0, least(width, widest)};
    shape.rows = least(height, most / shape.columns);
    if (copyable && height != 1 && gatherer.copies())
        while (!gatherer.has_room(shape)) {
            Size& longer = shape.rows >= shape.columns ? shape.rows : shape.columns;
            longer = ceil_div(longer, 2);
        }
    for (Size row = 0; row < height; row += shape.rows)
        for (Size column = 0; column < width;) {
            PixelBlock block{row, least(shape.rows, height - row), column, least(shape.columns, width - column)};
            while (!gatherer.enter(block) && copyable && height == 1 && block.columns > 1)
                block.columns = ceil_div(block.columns, 2);
            action(block);
            column += block.columns;
        }
}

/// Packed weights times the inputs of all output pixels. Weights are decoded once a block. Where all inputs of an output are one
/// piece, a tile is finished at once; else its sums are kept from piece to piece.
template <class Arch, class Sums, class Inputs, class Outputs>
constexpr void multiply_blocks(Sums& sums, const Inputs& inputs, const Geometry& geometry, Finish<Arch, Outputs>& finish) {
    using Number = typename Sums::Sum;
    constexpr Size most = Sums::most_pixels;
    Gatherer<typename Sums::Input, Inputs, Sums::most_cells * cell_inputs, most> gatherer(inputs, geometry);
    const Segments segments = sums.weights.shape.segments();
    const Piece all{0, segments.segments, 0, segments.run};
    const bool whole = Sums::group == 0 && all.cells() <= Sums::most_cells;
    const Size outputs = sums.weights.shape.outputs;
    const auto& grid = finish.to.grid;

    const auto window = [&](const Piece& piece, const auto& at) {
        return Window{at.rows, gatherer.pitch(piece), 1, 0, piece.run, at.outside.first, at.outside.last};
    };
    const auto by_count = [](Size count, auto&& action) AQUATINT_ALWAYS {
        if (count == 1) action.template operator()<1>();
        else if (most <= tile_pixels || count > tile_pixels) action.template operator()<most>();
        else action.template operator()<tile_pixels>();
    };
    const auto write = [&](const PixelBlock& block, const PixelTile& tile, const auto* values) {
        for_each_run_of(block, tile, [&](Size pixel, Size row, Size column, Size run) {
            finish.write(row, column, run, values + pixel);
        });
    };
    if (whole && grid.height * grid.width == 1 && gatherer.enter({})) {   // a vector: nothing to walk through
        const auto at = gatherer.locate(all, {0, 0, 0, 1}, false);
        for (Size first = 0; first < outputs; first += panel_outputs) {
            sums.begin_panel(first, least(panel_outputs, outputs - first), 0);
            sums.begin_piece(all);
            finish.begin_panel(sums);
            Tile<Number, most> sum;
            sums.template sum<1>(at, window(all, at), sum.value);
            finish.write(0, 0, 1, static_cast<const Number(*)[panel_outputs]>(sum.value));
        }
        return;
    }
    const Size together = whole ? Sums::whole_pixels : Sums::kept_pixels;
    for_each_block(grid.height, grid.width, together, gatherer, [&](const PixelBlock& block) {
        const Size kept = whole ? 0 : ceil_div(block.rows * block.columns, most);
        typename decltype(gatherer)::Inputs found[Sums::whole_pixels / most + 1];
        const bool fixed = whole && gatherer.first != nullptr;   // what is gathered is there for one tile
        if (fixed)
            for_each_tile_of<most>(block, [&](Size index, const PixelTile& tile) {
                found[index] = gatherer.locate(all, tile, sums.zero_adds_nothing());
            });
        for (Size first = 0; first < outputs; first += panel_outputs) {
            sums.begin_panel(first, least(panel_outputs, outputs - first), kept);
            if (whole) {
                sums.begin_piece(all);
                finish.begin_panel(sums);
                Tile<Number, strip_pixels> strip;
                PixelTile held;   // tiles whose sums wait there to be finished together
                const auto finish_held = [&] { write(block, held, static_cast<const Number(*)[panel_outputs]>(strip.value)); };
                for_each_tile_of<most>(block, [&](Size index, const PixelTile& tile) {
                    if (held.count + most > strip_pixels) {
                        finish_held();
                        held.count = 0;
                    }
                    if (held.count == 0) held = {tile.row, tile.last_row, tile.column, 0};
                    const auto at = fixed ? found[index] : gatherer.locate(all, tile, sums.zero_adds_nothing());
                    by_count(tile.count, [&]<Size Pixels>() {
                        sums.template sum<Pixels>(at, window(all, at), strip.value + held.count);
                    });
                    held.count += tile.count;
                });
                finish_held();
                continue;
            }
            for_each_piece(segments, Sums::most_cells, Sums::group, [&](const Piece& piece) {
                sums.begin_piece(piece);
                for_each_tile_of<most>(block, [&](Size index, const PixelTile& tile) {
                    const auto at = gatherer.locate(piece, tile, sums.zero_adds_nothing());
                    by_count(tile.count, [&]<Size Pixels>() { sums.template add<Pixels>(index, at, window(piece, at)); });
                });
                sums.end_piece(piece, kept);
            });
            finish.begin_panel(sums);
            for_each_tile_of<most>(block, [&](Size index, const PixelTile& tile) {
                write(block, tile, sums.result(index));
            });
        }
    });
}

}}  // namespace aquatint
