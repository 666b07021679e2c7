// SPDX-License-Identifier: BSL-1.0
// Products of the lookup family: signs times signs, by tables of the inputs that the weights' nibbles index.
#pragma once

#include <aquatint/kernel/integer_product.hpp>
#include <bit>

namespace aquatint { inline namespace v0 {

/// Codes of one bit that are read as -1 and +1.
template <class Reader>
constexpr bool codes_are_signs() {
    if constexpr (DigitReading<Reader> && ByteReading<Reader>)
        return Reader::codes == 2 && !Terms<Reader>::planes && Terms<Reader>::digit(0, 0) == -1 &&
               Terms<Reader>::digit(1, 0) == 1;
    else return false;
}

/// Whether a product of these policies is looked up: both are signs, all runs are whole vectors, and a pixel's tables are used
/// often enough to be worth making. All else about it, packed weights and inputs included, is as in the dot family.
template <Policy Weight, Policy InputReader>
constexpr bool looks_up(const ProductPlan& plan) {
    constexpr Size least_uses = 4;   ///< of a table: taps that read it, times panels
    const Size uses = plan.taps() * ceil_div(plan.product.outputs, panel_outputs);
    return codes_are_signs<Weight>() && codes_are_signs<InputReader>() && plan.groups() == 1 &&
           plan.in.shape.channels % vector_inputs == 0 && uses >= least_uses;
}

/// The scratch of such a product: tables of all inputs, their ring included, and the nibbles of a panel.
struct LookupScratch {
    Byte* tables = nullptr;
    Byte* nibbles = nullptr;

    static constexpr Size input_bytes = table_bytes / group_inputs;   ///< of tables, an input
    static constexpr Size bytes_of_tables(const ProductPlan& plan) { return plan.in.elements() * input_bytes; }
    static constexpr Size bytes_of_nibbles(const ProductPlan& plan) {
        return plan.segments().inputs() / vector_inputs * vector_bytes;
    }
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Bytes 0 and 2 (levels -1 and +1) of a tensor to its tables; a ring is neutral.
template <class Arch>
constexpr void write_tables(const Byte* inputs, const Extent& in, Byte* tables) {
    Extent wide = in;
    wide.shape.channels *= LookupScratch::input_bytes;
    fill_halo(tables, wide, &neutral_entry, false);
    for (Size row = 0; row < in.shape.height; ++row) {
        const Byte* from = inputs + in.at(row, 0);
        Byte* to = tables + wide.at(row, 0);
        for (Size i = 0; i < in.shape.width * in.shape.channels; i += vector_inputs)
            Chosen<WriteTables, Arch>::run(Chosen<SignsOfBytes, Arch>::run(from + i), to + i * LookupScratch::input_bytes);
    }
}

/// As IntegerProduct, for `integer_product` and its epilogues. `Centred`: the sums are those of signs, as OffsetEpilogue wants
/// them; else those of the input's bytes.
template <class Arch, DigitReading Weight, bool Centred>
struct LookupProduct {
    using Processor = Arch;
    using Levels = typename Weight::Levels;
    static constexpr Size input_bytes = LookupScratch::input_bytes;
    static constexpr bool centred = Centred;
    static constexpr Int32 input_zero = 1;   ///< the byte of a zero between -1 and +1

    const ProductPlan& plan;
    const Byte* weights;
    const Levels* levels;
    float input_scale;
    const Byte* input;
    LookupScratch scratch;
    alignas(32) Int32 zero_sums[panel_outputs]{};   ///< what bytes have more than signs

    constexpr void begin_panel(Size part, Size panel, Size count, float* units) {
        if (panel == 0) write_tables<Arch>(input, plan.in, scratch.tables);
        const CellOrder order{Weight::bits, plan.part_outputs(), plan.segments()};
        const Levels* own = levels + part * plan.part_outputs() + panel * panel_outputs;
        for (Size output = 0; output < panel_outputs; ++output) units[output] = own[least(output, count - 1)].scale * input_scale;
        const Byte* cells = weights + panel * order.panel_bytes();
        Chosen<CellsToNibbles, Arch>::run(cells, order.panel_bytes() / vector_bytes, scratch.nibbles);
        if constexpr (!Centred) {
            fill(zero_sums, panel_outputs, Int32(0));
            for (Size tap = 0; tap < plan.taps(); ++tap) {
                Int32 sums[panel_outputs]{};
                sum_of_tap(tap, sums);
                for (Size output = 0; output < panel_outputs; ++output) zero_sums[output] += input_zero * sums[output];
            }
        }
    }

    static constexpr float real_offset(const Levels& own) {
        if constexpr (SignReading<Weight>) return own.offset;
        else return 0;
    }
    /// sums[tap][output]: the signs of one tap of the kernel, over its channels.
    constexpr void tap_sums(Int16* sums) const {
        for (Size tap = 0; tap < plan.taps(); ++tap) {
            Int32 total[panel_outputs]{};
            sum_of_tap(tap, total);
            for (Size output = 0; output < panel_outputs; ++output)
                sums[tap * panel_outputs + output] = static_cast<Int16>(total[output]);
        }
    }

    /// The sum of every input pixel, 0 in the ring.
    constexpr void pixel_sums(Int32, Int32* sums) const {
        const Size channels = plan.in.shape.channels;
        const Extent pixels{{plan.in.shape.height, plan.in.shape.width, 1}, plan.in.halo};
        constexpr Int32 none = 0;
        fill_halo(sums, pixels, &none, false);
        for (Size row = 0; row < plan.in.shape.height; ++row) {
            const Byte* from = input + plan.in.at(row, 0);
            Int32* to = sums + pixels.at(row, 0);
            for (Size column = 0; column < plan.in.shape.width; ++column, from += channels) {
                Int32 positive = 0;
                for (Size i = 0; i < channels; i += vector_inputs)
                    positive += std::popcount(Chosen<SignsOfBytes, Arch>::run(from + i));
                to[column] = 2 * positive - static_cast<Int32>(channels);
            }
        }
    }
    constexpr const Byte* inputs_at(Size offset) const { return scratch.tables + offset * input_bytes; }
    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Byte* const* pixels, const Window& window, Tile<Int32>& tile) const {
        const Byte* const plane = scratch.nibbles;
        Chosen<LookupTile<Pixels>, Arch>::run(&plane, pixels, window, tile.value);
        if constexpr (!Centred)
            for (Size pixel = 0; pixel < Pixels; ++pixel)
                for (Size output = 0; output < panel_outputs; ++output) tile.value[pixel][output] += zero_sums[output];
    }

private:
    /// Looked up in the tables of sixteen inputs that are all +1.
    constexpr void sum_of_tap(Size tap, Int32* total) const {
        Byte ones[vector_inputs * input_bytes]{};
        Chosen<WriteTables, Arch>::run(0xffff, ones);
        const Byte* const pixel = ones;
        const Byte* plane = scratch.nibbles + tap * plan.in.shape.channels / vector_inputs * vector_bytes;
        for (Size done = 0; done < plan.in.shape.channels; done += vector_inputs, plane += vector_bytes) {
            Int32 sums[1][panel_outputs]{};
            Chosen<LookupTile<1>, Arch>::run(&plane, &pixel, Window{1, 0, 1, 0, vector_inputs}, sums);
            for (Size output = 0; output < panel_outputs; ++output) total[output] += sums[0][output];
        }
    }
};

}}  // namespace aquatint
