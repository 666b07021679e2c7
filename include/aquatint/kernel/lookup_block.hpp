// SPDX-License-Identifier: BSL-1.0
// Products over a grid of inputs, looked up: matmul and conv2d where weights and inputs have one bit or two.
#pragma once

#include <aquatint/kernel/lookup_product.hpp>
#include <aquatint/kernel/lookup_inputs.hpp>

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

/// Where inputs find their tables. What lies outside of the image is zero, or, where inputs are signs, nothing.
template <class Arch, LookupForm Form>
struct PlaceStream {
    static constexpr bool signs = Form.inputs == LookupForm::Inputs::signs, learned = Form.inputs == LookupForm::Inputs::learned;
    static constexpr Size vector_units = vector_inputs / group_inputs, vector_bytes = bytes_of_places(vector_inputs);

    /// Codes of signs are bits, which become bytes of 0 and 2; learned numbers are bit 0 and bit 1 of a code.
    static constexpr void write(const Byte* codes, Size vectors, Byte* places) {
        Chosen<WritePlaces<signs ? 1 : 0>, Arch>::run(codes, vectors, places);
    }
    static constexpr void write_zeros(Byte zero, Byte* places) {
        constexpr Size ones = 1 + 4 + 16 + 64;
        for (Size unit = 0; unit < vector_units; ++unit)
            store_place((signs ? 1 : zero) * ones * table_bytes, places + unit * place_bytes);
    }
};


/// Gives `sums` the learned numbers of a panel and of its inputs, whose codes are in the order of the basis.
template <class Quantizer, class InputLevels, class Sums>
constexpr void take_panel_basis(const PackedView<Quantizer>& weights, Size panel, const InputLevels& inputs, Sums& sums) {
    const Size first = panel * panel_outputs, outputs = least(panel_outputs, weights.shape.outputs - first);
    typename Quantizer::Levels levels[panel_outputs]{};
    for (Size output = 0; output < outputs; ++output) levels[output] = weights.levels_at(first + output, 0);
    sums.take_basis(levels, outputs, {static_cast<Byte>(inputs.basis[0]), static_cast<Byte>(inputs.basis[1])});
}

/// Sums of some panels and tiles, a piece of the inputs after the other. Where a tile finds its tables serves all panels at hand,
/// the nibbles of a panel all tiles. On the stack: 32 KB of nibbles, 16 KB of sums.
template <class Arch, class Quantizer, class Inputs>
struct LookupBlock {
    using Reader = typename Quantizer::Reader;
    static constexpr LookupForm form = block_form<Quantizer, typename Inputs::Reader>();
    using Places = LookupInputs<PlaceStream<Arch, form>, Inputs, tile_pixels>;
    static constexpr Size most_pixels = tile_pixels;
    static constexpr PlacedTables tables{lookup_tables<form>};
    static constexpr Size together = form.most_panels();   ///< panels that are looked up at once
    static constexpr Size most_nibbles = 32768, most_panels = 16, most_sums = 64;
    static constexpr Size input_nibbles = form.weights.planes * panel_outputs;   ///< of a panel, for four inputs

    PackedView<Quantizer> weights;
    const typename Inputs::Reader::Levels& input_levels;
    Places places;
    Size all, piece, piece_groups;   ///< inputs of an output, of a whole piece
    Size panel = 0, panels = 0;      ///< at hand
    Size tiles = 0;                  ///< whose sums are kept at a time
    Size first = 0, count = 0;       ///< of the sixteen outputs that are written
    float units[panel_outputs]{};
    PanelLookup<Arch, form> lookups[most_panels / together]{};
    alignas(64) Byte nibbles[most_nibbles];
    Tile<Int32, most_sums * most_pixels> sums;   ///< [panel][tile][pixel]

    constexpr LookupBlock(const PackedView<Quantizer>& view, const Inputs& inputs, const Geometry& geometry)
        : weights(view), input_levels(inputs.levels), places(inputs, geometry), all(view.shape.columns()),
          piece(least(all, Places::most_inputs)), piece_groups(round_up(piece, vector_inputs) / group_inputs) {
        places.leaves_out = form.zero_adds_nothing(places.zero);
    }

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
        for (Size begin = 0; begin < panels; begin += together)
            by_panels(panels - begin, [&]<Size Panels>() {
                if (pixels == 1) look_up<1, Panels>(tile, begin, from != 0);
                else look_up<tile_pixels, Panels>(tile, begin, from != 0);
            });
    }
    /// Makes the outputs of one panel those that `Finish` asks for.
    constexpr void finish_panel(Size index) {
        first = (panel + index) * panel_outputs;
        count = least(panel_outputs, weights.shape.outputs - first);
        for (Size output = 0; output < count; ++output)
            units[output] = weights.levels_at(first + output, 0).scale * input_levels.scale;
    }
    /// A row a pixel, those of the next tile after it.
    constexpr SumRows result(Size tile, Size index) { return sums.value + (index * tiles + tile) * most_pixels; }
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
        if constexpr (form.inputs == LookupForm::Inputs::learned)
            take_panel_basis(weights, panel + begin, input_levels, lookup);
        if constexpr (form.inputs == LookupForm::Inputs::signs) {
            for (Size i = 0; i < together; ++i) fill(lookup.start(i), panel_outputs, static_cast<Int32>(inputs));
        } else if (form.weights.signs || places.zero != 0) {
            Byte codes[Places::most_inputs]{}, zero_pixel[Places::most_bytes]{};
            fill(codes, inputs, static_cast<Byte>(places.zero));
            Places::write(codes, inputs, zero_pixel);
            const Window groups{1, 0, 1, 0, Places::units_of(round_up(inputs, vector_inputs))};
            by_panels(panels - begin, [&]<Size Panels>() { lookup.template start_at_zero<Panels>(tables, zero_pixel, groups); });
        }
    }
    template <Size Pixels, Size Panels>
    constexpr void look_up(Size tile, Size begin, bool more) {
        const auto& lookup = lookups[begin / together];
        Tile<Int32> added[Panels];
        SumRows rows[Panels]{};
        for (Size index = 0; index < Panels; ++index) rows[index] = more ? added[index].value : result(tile, begin + index);
        const Size row_groups = places.geometry.kernel_width * places.image.channels / group_inputs;
        lookup.template sum<Pixels, Panels>(tables, places.pixel, places.window, rows, places.first_row * row_groups);
        if constexpr (form.inputs == LookupForm::Inputs::signs)
            for (Size index = 0; places.left_out != 0 && index < Panels; ++index)
                start_later(rows[index], Pixels, places.left_out);
        if (!more) return;
        for (Size index = 0; index < Panels; ++index)
            for (Size pixel = 0; pixel < Pixels; ++pixel)
                for (Size output = 0; output < panel_outputs; ++output)
                    result(tile, begin + index)[pixel][output] += added[index].value[pixel][output];
    }
};

}}  // namespace aquatint
