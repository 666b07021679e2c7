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
/// Whether the weights of an output are whole vectors of sixteen inputs, one after the other,
/// but for the last vector of a matrix.
template <class Quantizer>
constexpr bool bits_are_adjacent(const PackedShape<Quantizer>& shape, const Geometry& geometry) {
    return shape.inputs % vector_inputs == 0 || reads_vector(shape, geometry);
}
/// Whether tables are used often enough to be worth making. Signs have no faster family here; the neighbours of
/// a tile share about half of their tables.
template <class Quantizer>
constexpr bool tables_pay(const LookupForm& form, const PackedShape<Quantizer>& shape, const Geometry& geometry, Size pixels) {
    const Size shared = geometry.dilation == 1 && geometry.kernel_width > geometry.stride ? 2 : 1;
    return form.inputs == LookupForm::Inputs::signs || (pixels > 1 && shape.order().panels() * shared >= form.least_uses());
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Where the inputs under the kernel find their tables, for a tile of pixels. What lies outside of the image is
/// zero, or, where inputs are signs, nothing.
template <class Arch, LookupForm Form, class Inputs>
struct TilePlaces {
    using Element = std::remove_const_t<typename Inputs::Element>;
    static constexpr bool signs = Form.inputs == LookupForm::Inputs::signs;
    /// Codes of signs are bits, which become bytes of 0 and 2; learned numbers are bit 0 and bit 1 of a code.
    using Write = Chosen<WritePlaces<signs ? 1 : 0>, Arch>;
    static constexpr Size most_inputs = 1024;   ///< of a pixel at a time
    static constexpr Size most_places = bytes_of_places(most_inputs);

    Grid<const Element> image;
    Geometry geometry;
    Element zero;                    ///< its code
    Byte zero_place[place_bytes]{};   ///< of four inputs that are zero
    const Byte* pixel[tile_pixels]{};
    Window window;   ///< of every pixel, in groups
    alignas(64) Byte places[tile_pixels * most_places];

    constexpr TilePlaces(const Inputs& inputs, const Geometry& sliding)
        : image(inputs.grid), geometry(sliding), zero(zero_code(inputs)) {
        constexpr Size ones = 1 + 4 + 16 + 64;
        store_place((signs ? 1 : zero) * ones * table_bytes, zero_place);
    }
    TilePlaces(const TilePlaces&) = delete;

    /// Inputs first ... first + count of each pixel, in the order (ky, kx, channel); `first` is a multiple of sixteen.
    /// A tile's missing pixels are the last one.
    constexpr void write(Size row, Size column, Size pixels, Size first, Size count) {
        const Geometry& g = geometry;
        const Size taps = g.kernel_height * g.kernel_width;
        const bool shared = count == taps * image.channels && g.dilation == 1 && g.stride < g.kernel_width;
        if (shared) return write_shared(row * g.stride, column * g.stride, pixels);
        Byte* to = places;
        for (Size p = 0; p < tile_pixels; ++p) {
            if (p >= pixels) {
                pixel[p] = pixel[pixels - 1];
                continue;
            }
            pixel[p] = to;
            for (Size i = first, run = 0; i < first + count; i += run) {
                const Size tap = i / image.channels, channel = i % image.channels;
                run = least(image.channels - channel, first + count - i);
                to = write_tap(row * g.stride + tap / g.kernel_width * g.dilation,
                               (column + p) * g.stride + tap % g.kernel_width * g.dilation, channel, run, to);
            }
        }
        window = {1, 0, 1, 0, round_up(count, vector_inputs) / group_inputs};
    }
    /// Inputs that are not there, up to the end of their vector, are code 0: to weights of 0 they are worth nothing.
    static constexpr Byte* write(const Byte* codes, Size count, Byte* to) {
        const Size whole = count / vector_inputs;
        Write::run(codes, whole, to);
        to += bytes_of_places(whole * vector_inputs);
        if (count % vector_inputs == 0) return to;
        Byte present[vector_inputs]{};
        copy(codes + whole * vector_inputs, count % vector_inputs, present);
        Write::run(present, 1, to);
        return to + bytes_of_places(vector_inputs);
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
        Byte* to = places;
        for (Size y = 0; y < geometry.kernel_height; ++y) to = write_columns(top + y, left, columns, to);
        for (Size p = 0; p < tile_pixels; ++p)
            pixel[p] = places + bytes_of_places(least(p, pixels - 1) * geometry.stride * channels);
        window = {geometry.kernel_height, columns * channels / group_inputs, 1, 0,
                  geometry.kernel_width * channels / group_inputs};
    }
    /// Neighbouring pixels of a row of the image. Coordinates count from the padding's corner.
    constexpr Byte* write_columns(Size y, Size left, Size columns, Byte* to) const {
        const Size row = y - geometry.padding_height;   // wraps where it would be negative
        const Size channels = image.channels;
        if (row >= image.height) return write_zeros(columns * channels, to);
        const Size first = left < geometry.padding_width ? least(geometry.padding_width - left, columns) : 0;
        const Size end = geometry.padding_width + image.width, last = most(first, left < end ? least(end - left, columns) : 0);
        to = write_zeros(first * channels, to);
        const Size column = left + first - geometry.padding_width;
        if (image.column_pitch == channels && last != first) to = write(image.at(row, column), (last - first) * channels, to);
        else
            for (Size x = 0; x < last - first; ++x) to = write(image.at(row, column + x), channels, to);
        return write_zeros((columns - last) * channels, to);
    }
    /// Some channels of a pixel.
    constexpr Byte* write_tap(Size y, Size x, Size channel, Size count, Byte* to) const {
        const Size row = y - geometry.padding_height, column = x - geometry.padding_width;   // wrap where they would be negative
        if (row < image.height && column < image.width) return write(image.at(row, column) + channel, count, to);
        return write_zeros(count, to);
    }
    constexpr Byte* write_zeros(Size inputs, Byte* to) const {
        for (Byte* const end = to + bytes_of_places(inputs); to != end; to += place_bytes) copy(zero_place, place_bytes, to);
        return to;
    }
};

/// Sums of some panels and tiles, a piece of the inputs after the other. Where a tile finds its tables serves all panels at hand,
/// the nibbles of a panel all tiles. On the stack: 32 KB of nibbles, 16 KB of sums.
template <class Arch, class Quantizer, class Inputs>
struct LookupBlock {
    using Reader = typename Quantizer::Reader;
    static constexpr LookupForm form = block_form<Quantizer, typename Inputs::Reader>();
    using Places = TilePlaces<Arch, form, Inputs>;
    static constexpr PlacedTables tables{lookup_tables<form>};
    static constexpr Size together = form.most_panels();   ///< panels that are looked up at once
    static constexpr Size most_nibbles = 32768, most_panels = 16, most_sums = 64;
    static constexpr Size input_nibbles = form.weights.planes * panel_outputs;   ///< of a panel, for four inputs

    PackedView<Quantizer> weights;
    const typename Inputs::Reader::Levels& input_levels;
    Places places;
    Size all, piece, piece_groups;   ///< inputs of an output, of a whole piece
    Size panel = 0, panels = 0;      ///< at hand
    Size first = 0, count = 0;       ///< of the sixteen outputs that are written
    float units[panel_outputs]{};
    PanelLookup<Arch, form> lookups[most_panels / together]{};
    alignas(64) Byte nibbles[most_nibbles];
    Tile<Int32> sums[most_sums];   ///< [tile][panel]

    constexpr LookupBlock(const PackedView<Quantizer>& view, const Inputs& inputs, const Geometry& geometry)
        : weights(view), input_levels(inputs.levels), places(inputs, geometry), all(view.shape.columns()),
          piece(least(all, Places::most_inputs)), piece_groups(round_up(piece, vector_inputs) / group_inputs) {}

    constexpr Size panels_at_once() const {
        return least(most_panels, most_nibbles / (piece_groups * input_nibbles) / together * together);
    }
    /// Panels of a tile's sums: as many as are looked up, which are never three at once.
    constexpr Size summed(Size at_once) const { return at_once + (at_once % together == 3 ? 1 : 0); }
    /// The panels at hand, inputs from `from` on.
    constexpr void decode(Size from) {
        for (Size begin = 0; begin < panels; begin += together) {
            const Size own = least(together, panels - begin);
            auto& lookup = lookups[begin / together];
            Byte* const to = nibbles + begin * piece_groups * input_nibbles;
            const NibbleOrder order{form.weights.planes, summed(own), {}};
            for (Size i = 0; i < order.panels; ++i) decode_panel(begin + least(i, own - 1), from, order, to + i * panel_outputs);
            lookup.nibbles = to;
            start(lookup, begin, least(piece, all - from));
        }
    }
    /// Inputs from `from` on of a tile: the first ones begin its sums.
    constexpr void add(Size tile, Size row, Size column, Size pixels, Size from) {
        places.write(row, column, pixels, from, least(piece, all - from));
        Tile<Int32>* own = sums + tile * summed(panels);
        for (Size begin = 0; begin < panels; begin += together, own += together)
            by_panels(panels - begin, [&]<Size Panels>() {
                if (pixels == 1) look_up<1, Panels>(lookups[begin / together], own, from != 0);
                else look_up<tile_pixels, Panels>(lookups[begin / together], own, from != 0);
            });
    }
    /// Makes the outputs of one panel those that `Finish` asks for.
    constexpr void finish_panel(Size index) {
        first = (panel + index) * panel_outputs;
        count = least(panel_outputs, weights.shape.outputs - first);
        for (Size output = 0; output < count; ++output)
            units[output] = weights.levels_at(first + output, 0).scale * input_levels.scale;
    }
    /// A row a pixel.
    constexpr const auto* result(Size tile, Size index) const { return sums[tile * summed(panels) + index].value; }
    constexpr float unit(Size output) const { return units[output]; }

private:
    /// Calls `action.template operator()<Panels>()` for what is looked up where so many panels are left.
    template <class Action>
    static constexpr void by_panels(Size left, Action&& action) {
        if constexpr (together == 4)
            if (left > 2) return action.template operator()<4>();
        if constexpr (together >= 2)
            if (left > 1) return action.template operator()<2>();
        action.template operator()<1>();
    }
    /// The nibbles of inputs that are not there are zero, whatever the cells hold.
    constexpr void decode_panel(Size index, Size from, const NibbleOrder& order, Byte* to) const {
        using Decode = Chosen<CellsToNibbles<Reader::bits>, Arch>;
        const Size panel_bytes = weights.shape.order().panel_bytes(), packed_bytes = Reader::bits * vector_bytes;
        const Size inputs = least(piece, all - from), whole = inputs / vector_inputs, rest = inputs % vector_inputs;
        const Size before = from / vector_inputs * packed_bytes;
        const Byte* const cells = weights.codes + (panel + index) * panel_bytes + before;
        Decode::run(cells, whole, order, to);
        if (rest == 0) return;
        Byte last[Reader::bits * vector_bytes]{};   // the last packed vector may be all that there is
        copy(cells + whole * packed_bytes, panel_bytes - before - whole * packed_bytes, last);
        to += whole * vector_inputs / group_inputs * order.group_bytes();
        Decode::run(last, 1, order, to);
        for (Size group = 0; group < vector_inputs / group_inputs; ++group, to += order.group_bytes()) {
            const Size before_group = group * group_inputs,
                       present = rest < before_group ? 0 : least(rest - before_group, group_inputs);
            for (Size plane = 0; plane < order.planes; ++plane)
                for (Size output = 0; output < panel_outputs; ++output) {
                    Byte& nibble = to[plane * order.plane_bytes() + output];
                    nibble = static_cast<Byte>(nibble & ((1 << present) - 1));
                }
        }
    }
    /// Sums begin where inputs that are all zero sum to zero.
    constexpr void start(PanelLookup<Arch, form>& lookup, Size begin, Size inputs) {
        if constexpr (form.inputs == LookupForm::Inputs::learned) {
            const Size own = (panel + begin) * panel_outputs;
            typename Reader::Levels levels[panel_outputs]{};
            const Size outputs = least(panel_outputs, weights.shape.outputs - own);
            for (Size output = 0; output < outputs; ++output) levels[output] = weights.levels_at(own + output, 0);
            lookup.take_basis(levels, outputs, static_cast<Byte>(input_levels.basis[0]),
                              static_cast<Byte>(input_levels.basis[1]));
        }
        if constexpr (form.inputs == LookupForm::Inputs::signs) {
            for (Size i = 0; i < together; ++i) fill(lookup.start(i), panel_outputs, static_cast<Int32>(inputs));
        } else if (form.weights.signs || places.zero != 0) {
            Byte codes[Places::most_inputs]{}, zero_pixel[Places::most_places]{};
            fill(codes, inputs, static_cast<Byte>(places.zero));
            Places::write(codes, inputs, zero_pixel);
            const Window groups{1, 0, 1, 0, round_up(inputs, vector_inputs) / group_inputs};
            by_panels(panels - begin, [&]<Size Panels>() { lookup.template start_at_zero<Panels>(tables, zero_pixel, groups); });
        }
    }
    template <Size Pixels, Size Panels>
    constexpr void look_up(const PanelLookup<Arch, form>& lookup, Tile<Int32>* own, bool more) const {
        Tile<Int32> added[Panels];
        SumRows rows[Panels]{};
        for (Size index = 0; index < Panels; ++index) rows[index] = more ? added[index].value : own[index].value;
        lookup.template sum<Pixels, Panels>(tables, places.pixel, places.window, rows);
        if (!more) return;
        for (Size index = 0; index < Panels; ++index)
            for (Size pixel = 0; pixel < Pixels; ++pixel)
                for (Size output = 0; output < panel_outputs; ++output)
                    own[index].value[pixel][output] += added[index].value[pixel][output];
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
    const Size panels_at_once = least(block.panels_at_once(), panels);
    const Size tiles_at_once = Block::most_sums / block.summed(panels_at_once);
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
                    finish.write(row, column, pixels, block.result(tile, index));
                });
            }
        }
    }
}

}}  // namespace aquatint
