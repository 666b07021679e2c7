// SPDX-License-Identifier: BSL-1.0
// Products of the lookup family: tables of the inputs that the weights' nibbles index.
#pragma once

#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/kernel/lookup_form.hpp>
#include <bit>

namespace aquatint { inline namespace v0 {

/// Whether a product of these policies is looked up: all runs are whole vectors, and a pixel's tables are used often enough to be
/// worth making. All else about it, packed weights and inputs included, is as in the dot family.
template <Policy Weight, Policy InputReader>
constexpr bool looks_up(const ProductPlan& plan) {
    constexpr LookupForm form = lookup_form<Weight, InputReader>();
    const Size uses = plan.taps() * ceil_div(plan.product.outputs, panel_outputs);
    return form.exists() && plan.groups() == 1 && plan.in.shape.channels % vector_inputs == 0 && uses >= form.least_uses();
}

/// The scratch of such a product: tables of all inputs, their ring included, and the nibbles of a panel.
struct LookupScratch {
    Byte* tables = nullptr;
    Byte* nibbles = nullptr;

    static constexpr Size input_bytes = table_bytes / group_inputs;   ///< of tables, an input
    static constexpr Size bytes_of_tables(const ProductPlan& plan) { return plan.in.elements() * input_bytes; }
    static constexpr Size plane_bytes(const ProductPlan& plan) { return plan.segments().inputs() / vector_inputs * vector_bytes; }
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The tables of sixteen inputs, given as bytes of their levels. Where they are signs, bit `SignBit` of a byte tells.
template <class Arch, LookupForm Form, unsigned SignBit = 1>
struct TableWriter {
    Byte lesser = 1, greater = 2;   ///< learned numbers that are summed up in a byte

    AQUATINT_INLINE constexpr void write(const Byte* bytes, Byte* tables) const {
        if constexpr (Form.inputs == LookupForm::Inputs::signs) {
            Chosen<WriteSignTables, Arch>::run(Chosen<BitsOfBytes<SignBit>, Arch>::run(bytes), tables);
        } else {
            using Write = Chosen<WriteTables<Form.weights.signs, Form.largest_input()>, Arch>;
            if constexpr (Form.inputs != LookupForm::Inputs::learned) return Write::run(bytes, tables);
            Byte split[vector_inputs]{};
            Chosen<SplitSums, Arch>::run(bytes, lesser, greater, split);
            Write::run(split, tables);
        }
    }
    /// Of a whole tensor. A ring of signs is neutral; that of other inputs holds a level like any other.
    constexpr void write_all(const Byte* inputs, const Extent& in, Byte* tables) const {
        constexpr Size input_bytes = LookupScratch::input_bytes;
        const auto write_run = [&](Size first, Size count) {
            for (Size i = first; i < first + count; i += vector_inputs) write(inputs + i, tables + i * input_bytes);
        };
        if constexpr (Form.inputs == LookupForm::Inputs::signs) {
            Extent wide = in;
            wide.shape.channels *= input_bytes;
            fill_halo(tables, wide, &neutral_entry, false);
            for (Size row = 0; row < in.shape.height; ++row) write_run(in.at(row, 0), in.shape.width * in.shape.channels);
        } else {
            write_run(0, in.elements());
        }
    }
};

/// Sums of one panel from its nibbles and the tables of pixels: `start` and what weights and inputs are multiplied with.
template <class Arch, LookupForm Form>
struct PanelLookup {
    static constexpr bool learned = Form.inputs == LookupForm::Inputs::learned;
    std::conditional_t<learned, BasisSums, LookupSums> weights{};
    const Byte* planes[2]{};

    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Byte* const* pixels, const Window& window, Int32 (*sums)[panel_outputs]) const {
        if constexpr (learned) Chosen<BasisTile<Pixels>, Arch>::run(planes, weights, pixels, window, sums);
        else
            Chosen<LookupTile<Form.largest_entry(), Pixels, Form.weights.planes>, Arch>::run(planes, weights, pixels, window, sums);
    }
    constexpr void take_planes(const Byte* nibbles, Size plane_bytes) {
        for (Size plane = 0; plane < Form.weights.planes; ++plane) {
            planes[plane] = nibbles + plane * plane_bytes;
            if constexpr (!learned) weights.coefficients[plane] = Form.coefficient(plane);
        }
    }
    /// Begins so many vectors of inputs later.
    constexpr void skip(Size vectors) {
        for (Size plane = 0; plane < Form.weights.planes; ++plane) planes[plane] += vectors * vector_bytes;
    }
    /// Learned numbers: of the weights' planes, by output, and of the inputs' bits.
    template <class Levels>
    constexpr void take_basis(const Levels* own, Size count, Byte lesser, Byte greater) {
        for (Size plane = 0; plane < 2; ++plane)
            for (Size output = 0; output < count; ++output) weights.basis[plane][output] = own[output].basis[plane];
        weights.factors[0] = lesser;
        weights.factors[1] = greater;
    }
    /// Sums begin where those of a pixel that is zero become zero: its entries are not, where they count what differs from signs.
    constexpr void start_at_zero(const Byte* zero_pixel, const Window& window) {
        fill(weights.start, panel_outputs, Int32(0));
        Int32 sums[1][panel_outputs]{};
        sum<1>(&zero_pixel, window, sums);
        for (Size output = 0; output < panel_outputs; ++output)
            weights.start[output] = static_cast<Int32>(0u - static_cast<UInt32>(sums[0][output]));
    }
};

/// As IntegerProduct, for `integer_product` and its epilogues. `Centred`: inputs are signs and the sums are theirs, as OffsetEpilogue
/// wants them; else sums are those of the input's bytes.
template <class Arch, DigitReading Weight, ByteReading InputReader, bool Centred>
struct LookupProduct {
    using Processor = Arch;
    using Levels = typename Weight::Levels;
    using InputLevels = typename InputReader::Levels;
    static constexpr LookupForm form = lookup_form<Weight, InputReader>();
    static constexpr Size input_bytes = LookupScratch::input_bytes;
    static constexpr bool centred = Centred;
    static constexpr bool zero_adds_nothing = false;   ///< a ring has its share in `start`: no row is left out

    const ProductPlan& plan;
    const Byte* weights;
    const Levels* levels;
    const InputLevels& input_levels;
    const Byte* input;
    LookupScratch scratch;
    PanelLookup<Arch, form> lookup{};

    constexpr void begin_panel(Size part, Size panel, Size count, float* units) {
        const auto writer = table_writer();
        if (panel == 0) writer.write_all(input, plan.in, scratch.tables);
        const CellOrder order{Weight::bits, plan.part_outputs(), plan.segments()};
        const Levels* own = levels + part * plan.part_outputs() + panel * panel_outputs;
        for (Size output = 0; output < panel_outputs; ++output)
            units[output] = own[least(output, count - 1)].scale * input_levels.scale;
        const Size plane_bytes = LookupScratch::plane_bytes(plan), vectors = plane_bytes / vector_bytes;
        Chosen<CellsToNibbles<Weight::bits>, Arch>::run(weights + panel * order.panel_bytes(), vectors, plane_bytes, scratch.nibbles);
        lookup.take_planes(scratch.nibbles, plane_bytes);
        if constexpr (form.inputs == LookupForm::Inputs::learned) lookup.take_basis(own, count, writer.lesser, writer.greater);
        if constexpr (Centred) {
            fill(lookup.weights.start, panel_outputs, static_cast<Int32>(plan.segments().inputs()));
        } else if constexpr (form.weights.signs) {
            constexpr Byte zeros[vector_inputs]{};
            Byte tables[vector_inputs * input_bytes]{};
            writer.write(zeros, tables);
            lookup.start_at_zero(tables, {vectors, 0, 1, 0, vector_inputs});
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
                    positive += std::popcount(Chosen<BitsOfBytes<1>, Arch>::run(from + i));
                to[column] = 2 * positive - static_cast<Int32>(channels);
            }
        }
    }
    constexpr const Byte* inputs_at(Size offset) const { return scratch.tables + offset * input_bytes; }
    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Byte* const* pixels, const Window& window, Int32 (*sums)[panel_outputs], Size) const {
        lookup.template sum<Pixels>(pixels, window, sums);
    }

private:
    constexpr TableWriter<Arch, form> table_writer() const {
        if constexpr (form.inputs == LookupForm::Inputs::learned) {
            const auto one = static_cast<Byte>(input_levels.basis[0]), other = static_cast<Byte>(input_levels.basis[1]);
            return {least(one, other), most(one, other)};
        } else {
            return {};
        }
    }
    /// Looked up in the tables of sixteen inputs that are all +1.
    constexpr void sum_of_tap(Size tap, Int32* total) const {
        Byte ones[vector_inputs * input_bytes]{};
        Chosen<WriteSignTables, Arch>::run(0xffff, ones);
        const Byte* const pixel = ones;
        const Size vectors = plan.in.shape.channels / vector_inputs;
        auto of_tap = lookup;
        of_tap.skip(tap * vectors);
        fill(of_tap.weights.start, panel_outputs, static_cast<Int32>(plan.in.shape.channels));
        Int32 sums[1][panel_outputs]{};
        of_tap.template sum<1>(&pixel, {vectors, 0, 1, 0, vector_inputs}, sums);
        copy(sums[0], panel_outputs, total);
    }
};

}}  // namespace aquatint
