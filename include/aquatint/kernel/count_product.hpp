// SPDX-License-Identifier: BSL-1.0
// Products of networks that count bits.
#pragma once

#include <aquatint/kernel/count_sums.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// As LookupProduct. Its scratch is that of tables and nibbles, whose bytes are many times those of bits and words.
template <class Arch, DigitReading Weight, ByteReading InputReader, bool Centred>
struct CountProduct : BitOperands<Arch, Weight, InputReader, Centred> {
    using Operands = BitOperands<Arch, Weight, InputReader, Centred>;
    using Operands::form, Operands::plan, Operands::input, Operands::input_levels, Operands::scratch, Operands::cells;
    static constexpr unsigned planes = input_planes(form);   ///< of the inputs
    static constexpr bool learned = form.inputs == LookupForm::Inputs::learned;
    static constexpr bool signs = form.inputs == LookupForm::Inputs::signs;
    static constexpr Size most_pixels = 2 * tile_pixels;

    PanelCount<Arch, form> count{};
    Int16* taps = nullptr;   ///< sums of the panel's signs, where inputs are signs: [tap][16]
    KernelRows rows{};       ///< whose sums they are

    void begin_panel(Size part, Size panel, Size outputs, float* units) {
        using Decode = Chosen<CellsToWords<Weight::bits, planes>, Arch>;
        const Segments segments = plan.segments();
        const auto* own = this->find_panel(part, panel, outputs, units);
        if (panel == 0) write_bits();
        const WordOrder order{Weight::bits, planes, segments};
        const Size vectors = segments.run / vector_inputs;
        for (Size segment = 0; segment < segments.segments; ++segment)
            Decode::run(cells + segment * vectors * Weight::bits * vector_bytes, vectors,
                        scratch.nibbles + segment * order.segment_bytes());
        count.words = scratch.nibbles;
        if constexpr (learned) count.take_basis(own, outputs, LearnedPair::of(input_levels));
        if constexpr (!Centred && form.weights.signs) {
            constexpr Byte zeros[2 * half_bytes]{};
            count.start_at_zero(zeros, {order.words(), 0, 1, 0, 2});
        }
        if constexpr (signs) {
            // The end of the groups: tables take 64 bytes for every tap and bits 2, since channels are at least sixteen.
            taps = reinterpret_cast<Int16*>(scratch.nibbles) - plan.taps() * panel_outputs;
            this->tap_sums(taps);
        }
    }
    /// As LookupProduct's.
    void begin_rows(const KernelRows& wanted) {
        rows = wanted;
        if constexpr (Centred) fill(count.weights.start, panel_outputs, this->inputs_of(rows));
    }
    static constexpr Size bytes_of(Size inputs) { return halves_of(inputs, planes) * half_bytes; }
    const Byte* inputs_at(Size offset) const { return scratch.groups + bytes_of(offset); }
    template <Size Pixels>
    AQUATINT_INLINE void sum(const Byte* const* pixels, const Window& window, const SumRows (&sums)[1],
                             Size first_cell) const {
        const Segments segments = plan.segments();
        const Size first = first_cell / segments.cells_per_segment();
        count.template sum<Pixels>(pixels,
                                   {window.rows, halves_of(window.row_pitch, planes), window.columns,
                                    halves_of(window.column_pitch, planes), halves_of(window.run, planes)},
                                   sums[0], first * WordOrder{Weight::bits, planes, segments}.segment_bytes());
    }
    /// Of `pixels` neighbours in a row.
    void finish_sums(Size row, Size column, Size pixels, SumRows sums) const {
        if constexpr (signs)
            SignPadding{plan.product.geometry, plan.in.shape.height, plan.in.shape.width, taps, rows}.finish(row, column, pixels,
                                                                                                             sums);
    }

private:
    /// Signs are bytes 0 and 2, and 1 in the ring.
    void write_bits() const {
        using Write = Chosen<InputsToBits<planes, signs ? 1 : 0>, Arch>;
        Size vectors = plan.in.elements() / vector_inputs;
        if constexpr (learned) {
            constexpr Size at_once = 16;
            const LearnedPair pair = LearnedPair::of(input_levels);
            const Byte* bytes = input;
            Byte* halves = scratch.groups;
            for (Size some = 0; vectors != 0; vectors -= some) {
                some = least(at_once, vectors);
                Byte codes[at_once * vector_inputs];
                pair.split<Arch>(bytes, some, codes);
                Write::run(codes, some, halves);
                bytes += some * vector_inputs;
                halves += bytes_of(some * vector_inputs);
            }
        } else {
            Write::run(input, vectors, scratch.groups);
        }
    }
};

/// What a network's product of the lookup family is on a processor, and how many panels of it at once.
template <class Arch, LookupForm Form>
constexpr Size panels_at_once_on(const ProductPlan& plan) {
    return counts_bits<Arch> ? 1 : panels_at_once<Form>(plan);
}
template <class Arch, DigitReading Weight, ByteReading InputReader, bool Centred, Size Panels>
using BitProduct = std::conditional_t<counts_bits<Arch>, CountProduct<Arch, Weight, InputReader, Centred>,
                                      LookupProduct<Arch, Weight, InputReader, Centred, Panels>>;

}}  // namespace aquatint
