// SPDX-License-Identifier: BSL-1.0
// Signs times signs over a grid of inputs, looked up: matmul, matvec and conv2d where both policies have one bit.
#pragma once

#include <aquatint/kernel/finish.hpp>
#include <aquatint/kernel/lookup_product.hpp>
#include <aquatint/kernel/pieces.hpp>
#include <aquatint/pack/packed_view.hpp>

namespace aquatint { inline namespace v0 {

template <class Quantizer, Policy InputReader>
constexpr bool multiplies_signs() {
    return codes_are_signs<typename Quantizer::Reader>() && codes_are_signs<InputReader>() && PackedShape<Quantizer>::group == 0;
}
/// Whether the weights of an output are whole vectors of sixteen inputs, one after the other, but for the last vector of a matrix.
template <class Quantizer>
constexpr bool signs_are_adjacent(const PackedShape<Quantizer>& shape, const Geometry& geometry) {
    return shape.inputs % vector_inputs == 0 || (shape.taps() == 1 && geometry.padding_height == 0 && geometry.padding_width == 0);
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The tables of the inputs under the kernel for a tile of pixels. What lies outside of the image is neutral.
template <class Arch, class Inputs>
struct SignTables {
    using Element = std::remove_const_t<typename Inputs::Element>;
    static constexpr Size input_bytes = LookupScratch::input_bytes;
    static constexpr Size most_inputs = 1024;   ///< of a pixel at a time

    Grid<const Element> image;
    Geometry geometry;
    const Byte* pixel[tile_pixels]{};
    Window window;   ///< of every pixel
    alignas(64) Byte tables[tile_pixels * most_inputs * input_bytes];

    constexpr SignTables(const Grid<const Element>& inputs, const Geometry& sliding) : image(inputs), geometry(sliding) {}
    SignTables(const SignTables&) = delete;

    /// Inputs first ... first + count of each pixel, in the order (ky, kx, channel); `first` is a multiple of sixteen. The tables of
    /// a tile's missing pixels are those of the last one.
    constexpr void write(Size row, Size column, Size pixels, Size first, Size count) {
        const Geometry& g = geometry;
        const Size taps = g.kernel_height * g.kernel_width;
        const bool shared = count == taps * image.channels && g.dilation == 1 && g.stride < g.kernel_width;
        if (shared) return write_shared(row * g.stride, column * g.stride, pixels);
        Byte* to = tables;
        for (Size p = 0; p < tile_pixels; ++p) {
            if (p >= pixels) {
                pixel[p] = pixel[pixels - 1];
                continue;
            }
            pixel[p] = to;
            for (Size i = first, run = 0; i < first + count; i += run) {
                const Size tap = i / image.channels, channel = i % image.channels;
                run = least(image.channels - channel, first + count - i);
                write_tap(row * g.stride + tap / g.kernel_width * g.dilation, (column + p) * g.stride + tap % g.kernel_width * g.dilation,
                          channel, run, to);
                to += round_up(run, vector_inputs) * input_bytes;
            }
        }
        window = {1, 0, 1, 0, round_up(count, group_inputs)};
    }

private:
    /// Neighbours see the same columns, which lie once in memory.
    constexpr void write_shared(Size top, Size left, Size pixels) {
        const Size channels = image.channels, columns = (pixels - 1) * geometry.stride + geometry.kernel_width;
        Byte* to = tables;
        for (Size y = 0; y < geometry.kernel_height; ++y)
            for (Size x = 0; x < columns; ++x, to += channels * input_bytes) write_tap(top + y, left + x, 0, channels, to);
        for (Size p = 0; p < tile_pixels; ++p)
            pixel[p] = tables + least(p, pixels - 1) * geometry.stride * channels * input_bytes;
        window = {geometry.kernel_height, columns * channels, 1, 0, geometry.kernel_width * channels};
    }
    /// Some channels of a pixel of the image. Coordinates count from the padding's corner.
    constexpr void write_tap(Size y, Size x, Size channel, Size count, Byte* to) const {
        const Size row = y - geometry.padding_height, column = x - geometry.padding_width;   // wrap where they would be negative
        if (row < image.height && column < image.width) write(image.at(row, column) + channel, count, to);
        else fill(to, count * input_bytes, neutral_entry);
    }
    static constexpr void write(const Byte* codes, Size count, Byte* tables) {
        Size done = 0;
        for (; done + vector_inputs <= count; done += vector_inputs)
            Chosen<WriteTables<true, 0>, Arch>::run(Chosen<BitsOfBytes<0>, Arch>::run(codes + done), 0, tables + done * input_bytes);
        if (done != count) write_last(codes + done, count - done, tables + done * input_bytes);
    }
    /// Fewer than sixteen. In a group that is not full, an absent pair of inputs counts as one that differs, which adds nothing to a
    /// sum; an odd one as equal, which adds 1. The weights of absent inputs do not matter.
    static constexpr void write_last(const Byte* codes, Size count, Byte* tables) {
        fill(tables, vector_inputs * input_bytes, neutral_entry);
        for (Size group = 0; group < count; group += group_inputs) {
            const Size used = least(group_inputs, count - group);
            unsigned signs = 0;
            for (Size i = 0; i < used; ++i) signs |= unsigned{codes[group + i]} << i;
            const unsigned mask = (1u << used) - 1;
            for (unsigned weights = 0; weights < table_bytes; ++weights)
                tables[group * input_bytes + weights] =
                    static_cast<Byte>(bipolar_entry(signs & mask, weights & mask) + (group_inputs - used) / 2);
        }
    }
};

/// Sums of some panels and tiles, a piece of the inputs after the other. The tables of a tile serve all panels at hand, the nibbles
/// of a panel all tiles. On the stack: 16 KB for each of the two and for the sums.
template <class Arch, class Quantizer, class Inputs>
struct SignBlock {
    using Tables = SignTables<Arch, Inputs>;
    static constexpr Size most_nibbles = 8 * Tables::most_inputs / vector_inputs * vector_bytes;
    static constexpr Size most_panels = 16, most_sums = 64;

    PackedView<Quantizer> weights;
    float input_scale;
    Tables tables;
    Size all, piece, panel_nibbles;   ///< inputs of an output, of a whole piece; bytes of a panel's nibbles
    Size panel = 0, panels = 0;       ///< at hand
    Size first = 0, count = 0;        ///< of the sixteen outputs that are written
    float units[panel_outputs]{};
    alignas(64) Byte nibbles[most_nibbles];
    Tile<Int32> sums[most_sums];   ///< [tile][panel]

    constexpr SignBlock(const PackedView<Quantizer>& view, const Inputs& inputs, const Geometry& geometry)
        : weights(view), input_scale(inputs.levels.scale), tables(inputs.grid, geometry), all(view.shape.columns()),
          piece(least(all, Tables::most_inputs)), panel_nibbles(ceil_div(piece, vector_inputs) * vector_bytes) {}

    constexpr Size panels_at_once() const {
        return least(least(most_panels, weights.shape.order().panels()), most_nibbles / panel_nibbles);
    }
    constexpr void decode(Size from) {
        const Size panel_bytes = weights.shape.order().panel_bytes();
        const Size vectors = ceil_div(least(piece, all - from), vector_inputs);
        for (Size i = 0; i < panels; ++i)
            Chosen<CellsToNibbles<1>, Arch>::run(weights.codes + (panel + i) * panel_bytes + from / vector_inputs * vector_bytes, vectors, 0,
                                              nibbles + i * panel_nibbles);
    }
    /// Inputs from `from` on of a tile: the first ones begin its sums.
    constexpr void add(Size tile, Size row, Size column, Size pixels, Size from) {
        const Size inputs = least(piece, all - from);
        tables.write(row, column, pixels, from, inputs);
        for (Size index = 0; index < panels; ++index)
            if (pixels == 1) look_up<1>(tile, index, from, inputs);
            else look_up<tile_pixels>(tile, index, from, inputs);
    }
    /// Makes the outputs of one panel those that `Finish` asks for.
    constexpr void finish_panel(Size index) {
        first = (panel + index) * panel_outputs;
        count = least(panel_outputs, weights.shape.outputs - first);
        for (Size output = 0; output < count; ++output) units[output] = weights.levels_at(first + output, 0).scale * input_scale;
    }
    constexpr const Int32* result(Size tile, Size index, Size pixel) const { return sums[tile * panels + index].value[pixel]; }
    constexpr float unit(Size output) const { return units[output]; }

private:
    template <Size Pixels>
    constexpr void look_up(Size tile, Size index, Size from, Size inputs) {
        using Routine = Chosen<LookupTile<4, Pixels, 1>, Arch>;
        LookupSums lookup{{}, {-2, 0}};
        fill(lookup.start, panel_outputs, static_cast<Int32>(tables.window.segments().inputs()));
        const Byte* const plane = nibbles + index * panel_nibbles;
        auto& own = sums[tile * panels + index].value;
        const Int32 excess = static_cast<Int32>(inputs % 2);
        if (from == 0) Routine::run(&plane, lookup, tables.pixel, tables.window, own);
        if (from == 0 && excess == 0) return;
        Tile<Int32> more{};
        if (from != 0) Routine::run(&plane, lookup, tables.pixel, tables.window, more.value);
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size output = 0; output < panel_outputs; ++output) own[pixel][output] += more.value[pixel][output] - excess;
    }
};

/// Panels, blocks of tiles, pieces of inputs, tiles. Nibbles are made once for all tiles where the inputs are one piece.
template <class Arch, class Quantizer, class Inputs, class Outputs>
constexpr void multiply_signs(const PackedView<Quantizer>& weights, const Inputs& inputs, const Geometry& geometry,
                              Finish<Arch, Outputs>& finish) {
    using Block = SignBlock<Arch, Quantizer, Inputs>;
    Block block(weights, inputs, geometry);
    const auto& grid = finish.to.grid;
    const Size tiles = grid.height * ceil_div(grid.width, tile_pixels), panels = weights.shape.order().panels();
    const Size panels_at_once = block.panels_at_once(), tiles_at_once = Block::most_sums / panels_at_once;
    for (Size panel = 0; panel < panels; panel += panels_at_once) {
        block.panel = panel;
        block.panels = least(panels_at_once, panels - panel);
        for (Size begin = 0; begin < tiles; begin += tiles_at_once) {
            const Size end = least(begin + tiles_at_once, tiles);
            for (Size from = 0; from < block.all; from += block.piece) {
                if (begin == 0 || block.piece < block.all) block.decode(from);
                for_each_tile(grid.width, begin, end, [&](Size tile, Size row, Size column, Size pixels) {
                    block.add(tile, row, column, pixels, from);
                });
            }
            for (Size index = 0; index < block.panels; ++index) {
                block.finish_panel(index);
                finish.begin_panel(block);
                for_each_tile(grid.width, begin, end, [&](Size tile, Size row, Size column, Size pixels) {
                    for (Size pixel = 0; pixel < pixels; ++pixel) finish.write(row, column + pixel, block.result(tile, index, pixel));
                });
            }
        }
    }
}

}}  // namespace aquatint
