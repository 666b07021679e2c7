// SPDX-License-Identifier: BSL-1.0
// Sums of products, sixteen outputs of some pixels at a time: exact integers of bytes and digits, or chains of real numbers.
#pragma once

#include <aquatint/kernel/decode_real.hpp>
#include <aquatint/kernel/gather.hpp>
#include <aquatint/kernel/integer_product.hpp>

namespace aquatint { inline namespace v0 {

/// Whether sums are integers: both policies have whole steps, and groups of inputs are whole cells. Else all numbers are real.
template <class Quantizer, Policy InputReader>
constexpr bool sums_are_integers() {
    using Reader = typename Quantizer::Reader;
    if constexpr (Integral<Reader> && DigitReading<Reader> && Integral<InputReader> && ByteReading<InputReader>)
        return PackedShape<Quantizer>::group % cell_inputs == 0;
    else return false;
}

/// The largest magnitude of a weight under these levels, in steps.
template <DigitReading Reader>
constexpr Int64 largest_whole(const typename Reader::Levels& levels) {
    Int64 weight = 0;
    for (unsigned term = 0; term < Terms<Reader>::count; ++term)
        weight += magnitude(Int64{Terms<Reader>::coefficient(levels, term)}) * largest_digit<Reader>;
    if constexpr (Terms<Reader>::has_offset) weight += magnitude(Int64{Terms<Reader>::zero(levels)});
    return weight;
}
/// The largest magnitude of a sum over so many inputs.
template <DigitReading Reader, ByteReading InputReader>
constexpr UInt64 largest_sum(Size inputs, const typename Reader::Levels& levels) {
    return static_cast<UInt64>(largest_whole<Reader>(levels) * ByteLevels<InputReader>::highest_byte) * inputs;
}
inline constexpr UInt64 largest_int32 = (UInt64(1) << 31) - 1;

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Sums of input bytes, less their zero point, times the integers of weights; each piece is a small product of its own. Where
/// inputs share levels by group, the sums of groups are added as real numbers, in ascending order.
template <class Arch, class Quantizer, ByteReading InputReader>
struct IntegerBlock {
    using Reader = typename Quantizer::Reader;
    using Input = Byte;
    using Sum = Int32;
    using Product = IntegerProduct<Arch, Reader, ByteLevels<InputReader>::highest_byte>;
    static constexpr Size group = PackedShape<Quantizer>::group;
    static constexpr Size most_cells = Product::steps == 0 ? 160 : 256;   // whose digits stay in the first cache
    static constexpr Size digit_count = most_cells * panel_outputs * cell_inputs;
    static constexpr Size most_pixels = Product::most_pixels;
    /// That share decoded weights: whose sums are kept, or need not be.
    static constexpr Size kept_pixels = 64, whole_pixels = 256;
    static constexpr Size kept_tiles = kept_pixels / most_pixels;
    using Inputs = TileInputs<Byte, most_pixels>;

    PackedView<Quantizer> weights;
    Byte input_zero;
    Size first = 0, count = 0;
    ProductPlan plan{};   ///< of the piece at hand
    typename Reader::Levels own[panel_outputs]{};
    alignas(32) float units[panel_outputs]{};   ///< what one unit of a sum means
    Tile<Int32, 1> zero_sums;                   ///< of a pixel that is zero everywhere; not where zero is the byte 0
    Product product;

    alignas(64) Byte zeros[most_cells * cell_inputs];
    alignas(64) Byte part[part_bytes(Reader::bits, most_cells)];
    alignas(64) Int8 digits[digit_count];
    alignas(64) Int16 wide[Product::steps == 0 ? digit_count : 1];
    Tile<Int32, most_pixels> sums[kept_tiles];
    Tile<float, most_pixels> totals[group != 0 ? kept_tiles : 1];

    constexpr IntegerBlock(const PackedView<Quantizer>& view, const typename InputReader::Levels& levels)
        : weights(view), input_zero(static_cast<Byte>(ByteLevels<InputReader>::zero(levels))),
          product{plan, nullptr, own, levels.scale, nullptr, {digits, wide}} {
        if (input_zero != 0) fill(zeros, least(most_cells, view.shape.segments().cells_per_segment()) * cell_inputs, input_zero);
    }
    IntegerBlock(const IntegerBlock&) = delete;

    /// `tiles`: how many have sums of pieces to be kept.
    constexpr void begin_panel(Size first_output, Size outputs, Size tiles) {
        first = first_output;
        count = outputs;
        for (Size tile = 0; tile < tiles; ++tile) sums[tile] = {};
        if constexpr (group != 0)
            for (Size tile = 0; tile < tiles; ++tile) totals[tile] = {};
        plan.product.outputs = outputs;
    }
    constexpr void begin_piece(const Piece& piece) {
        bool begins = piece.row == 0 && piece.first == 0;
        if constexpr (group != 0) begins = piece.first % group == 0;
        if (begins && weights.shape.level_count() == 1) fill(own, count, weights.levels[0]);
        else if (begins)
            for (Size output = 0; output < count; ++output) own[output] = weights.levels_at(first + output, piece.first);
        const CellOrder order = weights.shape.order();
        const Byte* panel = weights.codes + first / panel_outputs * order.panel_bytes();
        product.weights = part_of_panel<Reader::bits>(panel, order, piece.first_cell(order.inputs), piece.cells(), part);
        plan.product.geometry.kernel_height = piece.rows;
        plan.in.shape.channels = piece.run;
        product.begin_panel(0, 0, count, units);
        const Byte* zero_pixel = zeros;
        if (input_zero != 0) product.template sum<1>(&zero_pixel, {piece.rows, 0, 1, 0, piece.run}, zero_sums.value);
    }
    /// What lies outside of an image may be left out.
    constexpr bool zero_adds_nothing() const { return input_zero == 0; }
    /// The sums of the present piece alone, for one tile.
    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Inputs& inputs, const Window& window, SumRows to) const {
        product.template sum<Pixels>(inputs.pixel, window, to, inputs.skipped * window.segments().cells_per_segment());
        if (input_zero == 0) return;
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size output = 0; output < panel_outputs; ++output) to[pixel][output] -= zero_sums.value[0][output];
    }
    template <Size Pixels>
    constexpr void add(Size tile, const Inputs& inputs, const Window& window) {
        Tile<Int32, most_pixels> more;
        sum<Pixels>(inputs, window, more.value);
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size output = 0; output < panel_outputs; ++output) sums[tile].value[pixel][output] += more.value[pixel][output];
    }
    constexpr void end_piece(const Piece& piece, Size tiles) {
        if constexpr (group != 0) {
            const Size end = piece.first + piece.run;
            if (end % group != 0 && end != weights.shape.inputs) return;
            for (Size tile = 0; tile < tiles; ++tile) {
                for (Size pixel = 0; pixel < most_pixels; ++pixel) {
                    float* total = totals[tile].value[pixel];
                    Chosen<ToReal, Arch>::run(sums[tile].value[pixel], units, total, total);
                }
                sums[tile] = {};
            }
        }
    }
    /// What the outputs of a tile's pixels are, in units of `unit(output)`.
    constexpr const auto* result(Size tile) const {
        if constexpr (group != 0) return totals[tile].value;
        else return sums[tile].value;
    }
    constexpr float unit(Size output) const { return group != 0 ? 1.0f : units[output]; }
};

/// Chains of fused multiply-adds, one an output, from zero on, inputs in the order of the packed weights.
template <class Arch, class Quantizer>
struct RealBlock {
    using Input = float;
    using Sum = float;
    static constexpr Size group = 0;
    static constexpr Size most_cells = PackedShape<Quantizer>::real ? 160 : 64;   // real weights are not decoded
    static constexpr Size most_pixels = real_tile_pixels<Arch>;
    static constexpr Size kept_pixels = 96, whole_pixels = kept_pixels;
    static_assert(kept_pixels % most_pixels == 0);
    using Inputs = TileInputs<float, most_pixels>;

    PackedView<Quantizer> weights;
    Size first = 0, count = 0;
    const float* panel = nullptr;
    RealDecoder<Arch, Quantizer, most_cells> decoder;
    Tile<float, most_pixels> sums[kept_pixels / most_pixels];

    constexpr explicit RealBlock(const PackedView<Quantizer>& view) : weights(view) {}

    constexpr void begin_panel(Size first_output, Size outputs, Size tiles) {
        first = first_output;
        count = outputs;
        for (Size tile = 0; tile < tiles; ++tile) sums[tile] = {};
    }
    constexpr void begin_piece(const Piece& piece) { panel = decoder.decode(weights, first, count, piece); }
    static constexpr bool zero_adds_nothing() { return true; }
    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Inputs& inputs, const Window& window, float (*to)[panel_outputs]) const {
        for (Size pixel = 0; pixel < Pixels; ++pixel) fill(to[pixel], panel_outputs, 0.0f);
        extend<Pixels>(inputs, window, to);
    }
    template <Size Pixels>
    constexpr void add(Size tile, const Inputs& inputs, const Window& window) {
        extend<Pixels>(inputs, window, sums[tile].value);
    }
    constexpr void end_piece(const Piece&, Size) {}
    constexpr const auto* result(Size tile) const { return sums[tile].value; }
    constexpr float unit(Size) const { return 1; }

private:
    template <Size Pixels>
    AQUATINT_INLINE constexpr void extend(const Inputs& inputs, const Window& window, float (*to)[panel_outputs]) const {
        Chosen<RealTile<Pixels>, Arch>::run(panel + inputs.skipped * window.run * panel_outputs, inputs.pixel, window, to);
    }
};

}}  // namespace aquatint
