// SPDX-License-Identifier: BSL-1.0
// Products over a grid of inputs that count bits: matmul and conv2d where weights and inputs have one bit or two.
#pragma once

#include <aquatint/kernel/count_sums.hpp>
#include <aquatint/kernel/lookup_block.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Planes of bits. What lies outside of the image is zero, or, where inputs are signs, -1 until sums are finished.
template <class Arch, LookupForm Form>
struct BitStream {
    static constexpr bool signs = Form.inputs == LookupForm::Inputs::signs, learned = Form.inputs == LookupForm::Inputs::learned;
    static constexpr Size vector_units = input_planes(Form), vector_bytes = vector_units * half_bytes;

    static void write(const Byte* codes, Size vectors, Byte* halves) {
        Chosen<InputsToBits<input_planes(Form), 0>, Arch>::run(codes, vectors, halves);
    }
    static void write_zeros(Byte zero, Byte* halves) {
        Byte codes[vector_inputs];
        fill(codes, vector_inputs, zero);
        write(codes, 1, halves);
    }
};

/// As LookupBlock, a panel after the other, tiles of twice as many pixels. On the stack: 32 KB of words, 16 KB of sums.
template <class Arch, class Quantizer, class Inputs>
struct CountBlock {
    using Reader = typename Quantizer::Reader;
    static constexpr LookupForm form = block_form<Quantizer, typename Inputs::Reader>();
    using Stream = BitStream<Arch, form>;
    static constexpr Size most_pixels = 2 * tile_pixels;
    using Bits = LookupInputs<Stream, Inputs, most_pixels>;
    static constexpr Size most_words = 32768, most_panels = 16, most_sums = 32, most_taps = 64;
    static constexpr Size packed_bytes = Reader::bits * vector_bytes;   ///< of sixteen inputs
    static constexpr Size word_bytes = form.weights.planes * WordOrder::plane_bytes;

    PackedView<Quantizer> weights;
    const typename Inputs::Reader::Levels& input_levels;
    Bits bits;
    Size all, piece;     ///< inputs of an output, of a whole piece
    Segments segments;   ///< of a piece
    Size panel = 0, panels = 0;      ///< at hand
    Size tiles = 0;                  ///< whose sums are kept at a time
    Size first = 0, count = 0;       ///< of the sixteen outputs that are written
    float units[panel_outputs]{};
    PanelCount<Arch, form> counts[most_panels];
    Int16 taps[Stream::signs ? most_taps * panel_outputs : 1];   ///< of the panel that is finished
    alignas(64) Byte words[most_words];
    Tile<Int32, most_sums * most_pixels> sums;   ///< [panel][tile][pixel]

    CountBlock(const PackedView<Quantizer>& view, const Inputs& inputs, const Geometry& geometry)
        : weights(view), input_levels(inputs.levels), bits(inputs, geometry), all(view.shape.columns()),
          piece(least(all, Bits::most_inputs)),
          segments(bits.shares(piece) ? Segments{geometry.kernel_height, geometry.kernel_width * inputs.grid.channels}
                                      : Segments{1, round_up(piece, vector_inputs)}) {
        bits.leaves_out = bits.shares(piece) && form.zero_adds_nothing(bits.zero);
    }

    /// Whether the sums of all taps that signs in the padding touch fit here.
    static constexpr bool fits(const Geometry& g) { return !Stream::signs || g.kernel_height * g.kernel_width <= most_taps; }

    constexpr WordOrder order() const { return {form.weights.planes, Stream::vector_units, segments}; }
    constexpr Size panels_at_once() const { return least(most_panels, most_words / order().bytes()); }
    constexpr Size summed(Size at_once) const { return at_once; }
    /// The panels at hand, inputs from `from` on.
    void decode(Size from) {
        const Size inputs = least(piece, all - from);
        for (Size index = 0; index < panels; ++index) {
            auto& own = counts[index];
            Byte* const to = words + index * order().bytes();
            decode_panel(index, from, inputs, to);
            own.words = to;
            start(own, index, inputs);
        }
    }
    /// Inputs from `from` on of a tile: the first ones begin its sums.
    void add(Size tile, Size row, Size column, Size pixels, Size from) {
        bits.write(row, column, pixels, from, least(piece, all - from));
        for (Size index = 0; index < panels; ++index) {
            const SumRows own = result(tile, index);
            if (pixels == 1) add_panel<1>(counts[index], own, from != 0);
            else if (pixels <= tile_pixels) add_panel<tile_pixels>(counts[index], own, from != 0);
            else add_panel<most_pixels>(counts[index], own, from != 0);
        }
    }
    /// Makes the outputs of one panel those that `Finish` asks for.
    void finish_panel(Size index) {
        first = (panel + index) * panel_outputs;
        count = least(panel_outputs, weights.shape.outputs - first);
        for (Size output = 0; output < count; ++output)
            units[output] = weights.levels_at(first + output, 0).scale * input_levels.scale;
        if constexpr (Stream::signs)
            if (is_padded()) sum_sign_taps<Arch>(cells_of(index), bits.taps(), bits.image.channels, taps);
    }
    void finish_sums(Size tile, Size index, Size row, Size column, Size pixels) {
        if constexpr (Stream::signs)
            SignPadding{bits.geometry, bits.image.height, bits.image.width, taps, bits.rows_of(row)}.finish(
                row, column, pixels, result(tile, index));
    }
    /// A row a pixel, those of the next tile after it.
    SumRows result(Size tile, Size index) { return sums.value + (index * tiles + tile) * most_pixels; }
    constexpr float unit(Size output) const { return units[output]; }

private:
    bool is_padded() const { return bits.geometry.padding_height != 0 || bits.geometry.padding_width != 0; }
    const Byte* cells_of(Size index) const { return weights.codes + (panel + index) * weights.shape.order().panel_bytes(); }

    void decode_panel(Size index, Size from, Size inputs, Byte* to) const {
        using Decode = Chosen<CellsToWords<Reader::bits, input_planes(form)>, Arch>;
        const Byte* const cells = cells_of(index) + from / vector_inputs * packed_bytes;
        if (segments.segments > 1) {
            const Size vectors = segments.run / vector_inputs;
            for (Size segment = 0; segment < segments.segments; ++segment)
                Decode::run(cells + segment * vectors * packed_bytes, vectors, to + segment * order().segment_bytes());
            return;
        }
        const Size vectors = ceil_div(inputs, vector_inputs), whole = (vectors - 1) / 2 * 2;
        Decode::run(cells, whole, to);
        Byte last[2 * packed_bytes]{};   // the last packed vector may be all that there is
        const Size before = (from / vector_inputs + whole) * packed_bytes;
        const Size stored = weights.shape.order().panel_bytes() - before, left = vectors - whole;
        copy(cells + whole * packed_bytes, least(stored, left * packed_bytes), last);
        to += Bits::units_of(whole * vector_inputs) / 2 * word_bytes;
        Decode::run(last, left, to);
        if (inputs % vector_inputs != 0) clear_absent(inputs % vector_inputs, left - 1, to);
    }
    /// Weights of inputs that are not there are zero, whatever the cells hold: all but `present` of a vector.
    static void clear_absent(Size present, Size vector, Byte* to) {
        unsigned kept = 0;
        for (Size input = 0; input < present; ++input) kept |= 1u << bit_of_input(input);
        const Size begin = Bits::units_of(vector * vector_inputs);
        for (Size half = begin; half < begin + Stream::vector_units; ++half)
            for (Size lane = 0; lane < form.weights.planes * panel_outputs; ++lane) {
                Byte* const own = to + half / 2 * word_bytes + lane * 4 + half % 2 * half_bytes;
                own[0] = static_cast<Byte>(own[0] & kept);
                own[1] = static_cast<Byte>(own[1] & kept >> 8);
            }
    }
    /// Sums begin where inputs that are all zero sum to zero.
    void start(PanelCount<Arch, form>& own, Size index, Size inputs) {
        if constexpr (Stream::learned) take_panel_basis(weights, panel + index, input_levels, own);
        if constexpr (Stream::signs) {
            fill(own.weights.start, panel_outputs, static_cast<Int32>(inputs));
        } else if (form.weights.signs || bits.zero != 0) {
            Byte codes[Bits::most_inputs]{}, zero_pixel[Bits::most_bytes]{};
            const Size run = least(segments.run, inputs);
            fill(codes, run, static_cast<Byte>(bits.zero));
            Bits::write(codes, run, zero_pixel);
            own.start_at_zero(zero_pixel, {segments.segments, 0, 1, 0, Bits::units_of(round_up(run, vector_inputs))});
        }
    }
    template <Size Pixels>
    void add_panel(const PanelCount<Arch, form>& own, SumRows to, bool more) const {
        Tile<Int32, Pixels> added;
        const SumRows now = more ? added.value : to;
        own.template sum<Pixels>(bits.pixel, bits.window, now, bits.first_row * order().segment_bytes());
        if (Stream::signs && bits.left_out != 0) start_later(now, Pixels, bits.left_out);
        if (!more) return;
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size output = 0; output < panel_outputs; ++output) to[pixel][output] += added.value[pixel][output];
    }
};

}}  // namespace aquatint
