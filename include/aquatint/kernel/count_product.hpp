// SPDX-License-Identifier: BSL-1.0
// The products of the lookup family on a processor that counts bits: no tables, but planes of inputs beside planes of weights.
#pragma once

#include <aquatint/kernel/lookup_product.hpp>
#include <aquatint/kernel/offset_epilogue.hpp>

namespace aquatint { inline namespace v0 {

/// Planes of the inputs of a product: bits of numbers, or of which learned numbers a sum consists.
constexpr unsigned input_planes(const LookupForm& form) {
    return form.inputs == LookupForm::Inputs::learned || form.largest_input() > 1 ? 2 : 1;
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Whether a processor does this faster than it looks up.
template <class Arch>
inline constexpr bool counts_bits = has_own_routine<CountTile<true, 1, 1>, Arch>;

/// As PanelLookup, of one panel whose weights are words. Where weights are signs, what differs is counted, and each difference
/// takes away what it would have added; where they are bits, what both have.
template <class Arch, LookupForm Form>
struct PanelCount {
    static constexpr bool learned = Form.inputs == LookupForm::Inputs::learned;
    static constexpr unsigned planes = input_planes(Form);
    CountSums weights{};
    const Byte* words = nullptr;

    PanelCount() {
        for (Size plane = 0; plane < Form.weights.planes; ++plane)
            fill(weights.coefficients[plane], panel_outputs, Int32(learned ? 0 : Form.coefficient(plane)));
        weights.factors[0] = 1;
        weights.factors[1] = planes;
    }
    template <class Levels>
    void take_basis(const Levels* own, Size count, LearnedPair inputs) {
        for (Size plane = 0; plane < Form.weights.planes; ++plane)
            for (Size output = 0; output < count; ++output) weights.coefficients[plane][output] = -own[output].basis[plane];
        weights.factors[0] = inputs.lesser;
        weights.factors[1] = inputs.greater;
    }
    template <Size Pixels>
    AQUATINT_INLINE void sum(const Byte* const* pixels, const Window& halves, SumRows sums) const {
        Chosen<CountTile<Form.weights.signs, Pixels, Form.weights.planes>, Arch>::run(words, weights, pixels, halves, sums);
    }
    /// Sums begin where those of a pixel that is zero become zero.
    void start_at_zero(const Byte* zero_pixel, const Window& halves) {
        Tile<Int32, 1> sums;
        fill(weights.start, panel_outputs, Int32(0));
        sum<1>(&zero_pixel, halves, sums.value);
        for (Size output = 0; output < panel_outputs; ++output)
            weights.start[output] = static_cast<Int32>(0u - static_cast<UInt32>(sums.value[0][output]));
    }
};

/// As LookupProduct.
template <class Arch, DigitReading Weight, ByteReading InputReader, bool Centred>
struct CountProduct {
    using Processor = Arch;
    using Levels = typename Weight::Levels;
    using InputLevels = typename InputReader::Levels;
    static constexpr LookupForm form = lookup_form<Weight, InputReader>();
    static constexpr unsigned planes = input_planes(form);   ///< of the inputs
    static constexpr bool learned = form.inputs == LookupForm::Inputs::learned;
    static constexpr bool signs = form.inputs == LookupForm::Inputs::signs, centred = Centred;
    static constexpr Size most_pixels = 2 * tile_pixels;
    static constexpr bool zero_adds_nothing = false;   ///< a ring has its share in `start`: no row is left out

    const ProductPlan& plan;
    const Byte* weights;
    const Levels* levels;
    const InputLevels& input_levels;
    const Byte* input;
    LookupScratch scratch;   ///< for tables and nibbles, whose bytes are many times those of bits and words
    PanelCount<Arch, form> count{};
    const Byte* cells = nullptr;   ///< weights of the present panel
    Int16* taps = nullptr;         ///< sums of its signs, where inputs are signs: [tap][16]

    void begin_panel(Size part, Size panel, Size outputs, float* units) {
        const Segments segments = plan.segments();
        const Levels* own = levels + part * plan.part_outputs() + panel * panel_outputs;
        for (Size output = 0; output < panel_outputs; ++output)
            units[output] = own[least(output, outputs - 1)].scale * input_levels.scale;
        if (panel == 0) write_bits();
        cells = weights + panel * CellOrder{Weight::bits, plan.part_outputs(), segments}.panel_bytes();
        const WordOrder order{Weight::bits, planes, segments};
        const Size vectors = segments.run / vector_inputs;
        for (Size segment = 0; segment < segments.segments; ++segment)
            Chosen<CellsToWords<Weight::bits, planes>, Arch>::run(cells + segment * vectors * Weight::bits * vector_bytes,
                                                                        vectors, scratch.nibbles + segment * order.segment_bytes());
        count.words = scratch.nibbles;
        if constexpr (learned) count.take_basis(own, outputs, LearnedPair::of(input_levels));
        if constexpr (Centred) {
            fill(count.weights.start, panel_outputs, static_cast<Int32>(segments.inputs()));
        } else if constexpr (form.weights.signs) {
            constexpr Byte zeros[2 * half_bytes]{};
            count.start_at_zero(zeros, {order.words(), 0, 1, 0, 2});
        }
        if constexpr (signs) {
            taps = reinterpret_cast<Int16*>(scratch.nibbles) - plan.taps() * panel_outputs;   // the end of the groups
            tap_sums(taps);
        }
    }

    static constexpr float real_offset(const Levels& own) {
        if constexpr (SignReading<Weight>) return own.offset;
        else return 0;
    }
    void tap_sums(Int16* sums) const { sum_sign_taps<Arch>(plan, cells, sums); }
    static constexpr Size bytes_of(Size inputs) { return halves_of(inputs, planes) * half_bytes; }
    const Byte* inputs_at(Size offset) const { return scratch.groups + bytes_of(offset); }
    template <Size Pixels>
    AQUATINT_INLINE void sum(const Byte* const* pixels, const Window& window, const SumRows (&sums)[1], Size) const {
        count.template sum<Pixels>(pixels,
                                   {window.rows, halves_of(window.row_pitch, planes), window.columns,
                                    halves_of(window.column_pitch, planes), halves_of(window.run, planes)},
                                   sums[0]);
    }
    /// Signs in the ring are neither, but their bits are those of -1: what they added is taken away. `pixels` neighbours in a row.
    void finish_sums(Size row, Size column, Size pixels, SumRows sums) const {
        if constexpr (signs) {
            const Geometry& g = plan.product.geometry;
            const TapSpan all_rows{0, g.kernel_height}, all_columns{0, g.kernel_width};
            const TapSpan rows = taps_inside(row * g.stride, g.kernel_height, g.dilation, g.padding_height, plan.in.shape.height);
            for (Size pixel = 0; pixel < pixels; ++pixel) {
                const TapSpan columns =
                    taps_inside((column + pixel) * g.stride, g.kernel_width, g.dilation, g.padding_width, plan.in.shape.width);
                if (!(rows == all_rows && columns == all_columns)) add_outside(rows, columns, sums[pixel]);
            }
        }
    }

private:
    AQUATINT_NOINLINE void add_outside(const TapSpan& rows, const TapSpan& columns, Int32* sums) const {
        const Geometry& g = plan.product.geometry;
        for (Size ky = 0; ky < g.kernel_height; ++ky)
            for (Size kx = 0; kx < g.kernel_width; ++kx) {
                if (ky >= rows.first && ky < rows.last && kx >= columns.first && kx < columns.last) continue;
                const Int16* const own = taps + (ky * g.kernel_width + kx) * panel_outputs;
                for (Size output = 0; output < panel_outputs; ++output) sums[output] += own[output];
            }
    }
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
