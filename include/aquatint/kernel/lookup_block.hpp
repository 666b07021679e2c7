// SPDX-License-Identifier: BSL-1.0
// Products over a grid of inputs, looked up: matmul and conv2d where weights and inputs have one bit or two.
#pragma once

#include <aquatint/kernel/finish.hpp>
#include <aquatint/kernel/lookup_product.hpp>
#include <aquatint/kernel/tiles.hpp>
#include <aquatint/pack/packed_view.hpp>

namespace aquatint { inline namespace v0 {

/// How a product of packed weights and coded inputs is looked up: where the bits of a code are those of its byte.
template <class Quantizer, Policy InputReader>
constexpr LookupForm block_form() {
    using Inputs = LookupForm::Inputs;
    if constexpr (PackedShape<Quantizer>::group == 0 && Integral<typename Quantizer::Reader> && Integral<InputReader>) {
        constexpr LookupForm form = lookup_form<typename Quantizer::Reader, InputReader>();
        if constexpr (form.inputs != Inputs::few) return form;
        else if constexpr (codes_are_bytes<InputReader>) return form;
    }
    return {};
}
/// A matrix whose inputs lie one after the other.
template <class Quantizer>
constexpr bool reads_vector(const PackedShape<Quantizer>& shape, const Geometry& geometry) {
    return shape.taps() == 1 && geometry.padding_height == 0 && geometry.padding_width == 0;
}
/// Whether the weights of an output are whole vectors of sixteen inputs, one after the other, but for the last vector of a matrix.
template <class Quantizer>
constexpr bool bits_are_adjacent(const PackedShape<Quantizer>& shape, const Geometry& geometry) {
    return shape.inputs % vector_inputs == 0 || reads_vector(shape, geometry);
}
/// Whether tables are used often enough to be worth making. Signs have no faster family here; the neighbours of a tile share about
/// half of their tables.
template <class Quantizer>
constexpr bool tables_pay(const LookupForm& form, const PackedShape<Quantizer>& shape, const Geometry& geometry, Size pixels) {
    const Size shared = geometry.dilation == 1 && geometry.kernel_width > geometry.stride ? 2 : 1;
    return form.inputs == LookupForm::Inputs::signs || (pixels > 1 && shape.order().panels() * shared >= form.least_uses());
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The tables of the inputs under the kernel for a tile of pixels. What lies outside of the image is zero, or, where inputs are signs,
/// neutral.
template <class Arch, LookupForm Form, class Inputs>
struct TileTables {
    using Element = std::remove_const_t<typename Inputs::Element>;
    using Writer = TableWriter<Arch, Form, 0>;   ///< of codes: learned numbers are bit 0 and bit 1
    static constexpr Size input_bytes = LookupScratch::input_bytes;
    static constexpr Size most_inputs = 1024;   ///< of a pixel at a time

    Grid<const Element> image;
    Geometry geometry;
    Element zero;                                           ///< its code
    alignas(32) Byte zeros[vector_inputs * input_bytes]{};   ///< tables of sixteen inputs that are zero
    const Byte* pixel[tile_pixels]{};
    Window window;   ///< of every pixel
    alignas(64) Byte tables[tile_pixels * most_inputs * input_bytes];

    constexpr TileTables(const Inputs& inputs, const Geometry& sliding)
        : image(inputs.grid), geometry(sliding), zero(zero_code(inputs)) {
        Element codes[vector_inputs]{};
        fill(codes, vector_inputs, zero);
        if constexpr (Form.inputs == LookupForm::Inputs::signs) fill(zeros, sizeof zeros, neutral_entry);
        else write(codes, vector_inputs, zeros);
    }
    TileTables(const TileTables&) = delete;

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
        window = {1, 0, 1, 0, round_up(count, vector_inputs)};
    }
    /// Inputs that are not there, up to the end of their vector, have entries of 0: they add nothing, whatever their weights are.
    static constexpr void write(const Byte* codes, Size count, Byte* to) {
        Size done = 0;
        for (; done + vector_inputs <= count; done += vector_inputs) Writer{}.write(codes + done, to + done * input_bytes);
        if (done != count) write_last(codes + done, count - done, to + done * input_bytes);
    }

private:
    static constexpr Element zero_code([[maybe_unused]] const Inputs& inputs) {
        using Reader = typename Inputs::Reader;
        if constexpr (Form.inputs == LookupForm::Inputs::few) return static_cast<Byte>(ByteLevels<Reader>::zero(inputs.levels));
        else return 0;
    }
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
        if (row < image.height && column < image.width) return write(image.at(row, column) + channel, count, to);
        for (Size done = 0; done < count; done += vector_inputs) copy(zeros, sizeof zeros, to + done * input_bytes);
    }
    static constexpr void write_last(const Byte* codes, Size count, Byte* to) {
        Byte present[vector_inputs]{};
        copy(codes, count, present);
        Writer{}.write(present, to);
        if constexpr (!Form.weights.signs) return;   // zeros add nothing as they are
        const Size used = round_up(count, group_inputs);
        fill(to + used * input_bytes, (vector_inputs - used) * input_bytes, Byte(0));
        if (count % group_inputs == 0) return;
        Byte* const group = to + count / group_inputs * table_bytes;
        Byte whole[table_bytes]{};
        copy(group, table_bytes, whole);
        const unsigned mask = (1u << count % group_inputs) - 1;
        for (unsigned weights = 0; weights < table_bytes; ++weights) group[weights] = whole[weights & mask];
    }
};

/// Sums of some panels and tiles, a piece of the inputs after the other. The tables of a tile serve all panels at hand, the nibbles
/// of a panel all tiles. On the stack: 16 KB for each of the two and for the sums.
template <class Arch, class Quantizer, class Inputs>
struct LookupBlock {
    using Reader = typename Quantizer::Reader;
    static constexpr LookupForm form = block_form<Quantizer, typename Inputs::Reader>();
    using Tables = TileTables<Arch, form, Inputs>;
    static constexpr Size most_nibbles = 8 * Tables::most_inputs / vector_inputs * vector_bytes;
    static constexpr Size most_panels = 16, most_sums = 64;

    PackedView<Quantizer> weights;
    const typename Inputs::Reader::Levels& input_levels;
    Tables tables;
    Size all, piece, plane_bytes;   ///< inputs of an output, of a whole piece; nibbles of a panel's plane
    Size panel = 0, panels = 0;     ///< at hand
    Size first = 0, count = 0;      ///< of the sixteen outputs that are written
    float units[panel_outputs]{};
    PanelLookup<Arch, form> lookups[most_panels]{};
    alignas(64) Byte nibbles[most_nibbles];
    Tile<Int32> sums[most_sums];   ///< [tile][panel]

    constexpr LookupBlock(const PackedView<Quantizer>& view, const Inputs& inputs, const Geometry& geometry)
        : weights(view), input_levels(inputs.levels), tables(inputs, geometry), all(view.shape.columns()),
          piece(least(all, Tables::most_inputs)), plane_bytes(ceil_div(piece, vector_inputs) * vector_bytes) {}

    constexpr Size panel_nibbles() const { return form.weights.planes * plane_bytes; }
    constexpr Size panels_at_once() const {
        return least(least(most_panels, weights.shape.order().panels()), most_nibbles / panel_nibbles());
    }
    /// The panels at hand, inputs from `from` on.
    constexpr void decode(Size from) {
        const Size panel_bytes = weights.shape.order().panel_bytes(), packed_bytes = Reader::bits * vector_bytes;
        const Size inputs = least(piece, all - from), whole = inputs / vector_inputs;
        for (Size i = 0; i < panels; ++i) {
            const Size before = from / vector_inputs * packed_bytes;
            const Byte* const cells = weights.codes + (panel + i) * panel_bytes + before;
            Byte* const own = nibbles + i * panel_nibbles();
            Chosen<CellsToNibbles<Reader::bits>, Arch>::run(cells, whole, plane_bytes, own);
            if (whole * vector_inputs != inputs) {   // the last packed vector may be all that there is
                Byte last[Reader::bits * vector_bytes]{};
                copy(cells + whole * packed_bytes, panel_bytes - before - whole * packed_bytes, last);
                Chosen<CellsToNibbles<Reader::bits>, Arch>::run(last, 1, plane_bytes, own + whole * vector_bytes);
            }
            lookups[i].take_planes(own, plane_bytes);
            start(i, inputs);
        }
    }
    /// Inputs from `from` on of a tile: the first ones begin its sums.
    constexpr void add(Size tile, Size row, Size column, Size pixels, Size from) {
        tables.write(row, column, pixels, from, least(piece, all - from));
        for (Size index = 0; index < panels; ++index)
            if (pixels == 1) look_up<1>(tile, index, from);
            else look_up<tile_pixels>(tile, index, from);
    }
    /// Makes the outputs of one panel those that `Finish` asks for.
    constexpr void finish_panel(Size index) {
        first = (panel + index) * panel_outputs;
        count = least(panel_outputs, weights.shape.outputs - first);
        for (Size output = 0; output < count; ++output)
            units[output] = weights.levels_at(first + output, 0).scale * input_levels.scale;
    }
    constexpr const Int32* result(Size tile, Size index, Size pixel) const { return sums[tile * panels + index].value[pixel]; }
    constexpr float unit(Size output) const { return units[output]; }

private:
    /// Sums begin where inputs that are all zero sum to zero.
    constexpr void start(Size index, Size inputs) {
        auto& lookup = lookups[index];
        if constexpr (form.inputs == LookupForm::Inputs::learned) {
            const Size own = (panel + index) * panel_outputs;
            typename Reader::Levels levels[panel_outputs]{};
            const Size outputs = least(panel_outputs, weights.shape.outputs - own);
            for (Size output = 0; output < outputs; ++output) levels[output] = weights.levels_at(own + output, 0);
            lookup.take_basis(levels, outputs, static_cast<Byte>(input_levels.basis[0]), static_cast<Byte>(input_levels.basis[1]));
        }
        if constexpr (form.inputs == LookupForm::Inputs::signs)
            return fill(lookup.weights.start, panel_outputs, static_cast<Int32>(inputs));
        if (!form.weights.signs && tables.zero == 0) return;
        const Size whole = inputs / vector_inputs;
        lookup.start_at_zero(tables.zeros, {whole, 0, 1, 0, vector_inputs});
        if (whole * vector_inputs == inputs) return;
        Byte codes[vector_inputs]{}, last[vector_inputs * Tables::input_bytes]{};
        fill(codes, vector_inputs, tables.zero);
        Tables::write(codes, inputs - whole * vector_inputs, last);
        auto rest = lookup;
        rest.skip(whole);
        rest.start_at_zero(last, {1, 0, 1, 0, vector_inputs});
        for (Size output = 0; output < panel_outputs; ++output) lookup.weights.start[output] += rest.weights.start[output];
    }
    template <Size Pixels>
    constexpr void look_up(Size tile, Size index, Size from) {
        auto& own = sums[tile * panels + index].value;
        if (from == 0) return lookups[index].template sum<Pixels>(tables.pixel, tables.window, own);
        Tile<Int32> more{};
        lookups[index].template sum<Pixels>(tables.pixel, tables.window, more.value);
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size output = 0; output < panel_outputs; ++output) own[pixel][output] += more.value[pixel][output];
    }
};

/// Panels, blocks of tiles, pieces of inputs, tiles. Nibbles are made once for all tiles where the inputs are one piece.
template <class Arch, class Quantizer, class Inputs, class Outputs>
constexpr void multiply_by_lookup(const PackedView<Quantizer>& weights, const Inputs& inputs, const Geometry& geometry,
                                  Finish<Arch, Outputs>& finish) {
    using Block = LookupBlock<Arch, Quantizer, Inputs>;
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
