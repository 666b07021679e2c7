// SPDX-License-Identifier: BSL-1.0
// Products of the lookup family: tables of the inputs, which the nibbles of the weights index.
#pragma once

#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/kernel/lookup_form.hpp>

namespace aquatint { inline namespace v0 {

/// Whether a product of these policies is looked up: all runs are whole vectors, and a pixel's tables are used often enough to be
/// worth making. All else about it, packed weights and inputs included, is as in the dot family.
template <Policy Weight, Policy InputReader>
constexpr bool looks_up(const ProductPlan& plan) {
    constexpr LookupForm form = lookup_form<Weight, InputReader>();
    const Size uses = plan.taps() * ceil_div(plan.product.outputs, panel_outputs);
    return form.exists() && plan.groups() == 1 && plan.in.shape.channels % vector_inputs == 0 && uses >= form.least_uses();
}

/// What stands for four inputs of a network: their table itself, since many taps and panels
/// read it; or, of learned numbers, its place.
template <LookupForm Form>
constexpr auto network_tables() {
    if constexpr (Form.inputs == LookupForm::Inputs::learned) return PlacedTables{lookup_tables<Form>};
    else return WrittenTables{};
}
template <LookupForm Form>
inline constexpr Size bytes_of_group = decltype(network_tables<Form>())::bytes;

/// Panels that are looked up at once: two of two planes, whose sums of four pixels fill the registers. Eight pixels of a single
/// panel do so, too.
template <LookupForm Form>
constexpr Size panels_at_once(const ProductPlan& plan) {
    const bool two =
        Form.weights.planes == 2 && Form.most_panels() == 2 && ceil_div(plan.product.outputs, panel_outputs) % 2 == 0;
    return two ? 2 : 1;
}

/// The scratch of such a product: the groups of all inputs, their ring included, and the nibbles of the panels at hand.
struct LookupScratch {
    Byte* groups = nullptr;
    Byte* nibbles = nullptr;

    template <LookupForm Form>
    static constexpr Size bytes_of_groups(const ProductPlan& plan) {
        return round_up(plan.in.elements() / group_inputs * bytes_of_group<Form>, 64);
    }
    template <LookupForm Form>
    static constexpr Size bytes(const ProductPlan& plan) {
        return bytes_of_groups<Form>(plan) +
               NibbleOrder{Form.weights.planes, panels_at_once<Form>(plan), plan.segments()}.bytes();
    }
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The learned numbers that are summed up in a byte of an input, told apart again.
struct LearnedPair {
    Byte lesser = 1, greater = 2;

    template <class InputLevels>
    static constexpr LearnedPair of(const InputLevels& levels) {
        const auto one = static_cast<Byte>(levels.basis[0]), other = static_cast<Byte>(levels.basis[1]);
        return {least(one, other), most(one, other)};
    }
    /// Bit 0 of a code is the lesser one, bit 1 the other.
    template <class Arch>
    constexpr void split(const Byte* bytes, Size vectors, Byte* codes) const {
        for (Size at = 0; at < vectors * vector_inputs; at += vector_inputs)
            Chosen<SplitSums, Arch>::run(bytes + at, lesser, greater, codes + at);
    }
};

/// Turns inputs into what stands for them. Signs and numbers are given as bytes of their
/// levels, learned numbers are told apart first.
template <class Arch, LookupForm Form>
struct GroupWriter {
    using Places = Chosen<WritePlaces<0>, Arch>;
    LearnedPair pair;

    constexpr void write(const Byte* bytes, Size vectors, Byte* groups) const {
        constexpr Size at_once = 16, vector_groups = vector_inputs / group_inputs;
        for (Size some = 0; vectors != 0; vectors -= some, bytes += some * vector_inputs) {
            some = least(at_once, vectors);
            if constexpr (Form.inputs == LookupForm::Inputs::learned) {
                Byte codes[at_once * vector_inputs]{};
                pair.split<Arch>(bytes, some, codes);
                Places::run(codes, some, groups);
                groups += bytes_of_places(some * vector_inputs);
            } else {
                const PlacedTables tables{lookup_tables<Form>};
                Byte places[bytes_of_places(at_once * vector_inputs)]{};
                Places::run(bytes, some, places);
                for (Size vector = 0; vector < some; ++vector, groups += vector_groups * table_bytes) {
                    const Byte* const own = places + vector * vector_groups * place_bytes;
                    for_each_index(IndicesBelow<vector_groups>{}, [&]<Size Group>() AQUATINT_ALWAYS {
                        copy(tables.find(own + Group * place_bytes), table_bytes, groups + Group * table_bytes);
                    });
                }
            }
        }
    }
};

/// Sums of signs begin with the number of inputs. Some were left out.
constexpr void start_later(SumRows sums, Size pixels, Size left_out) {
    for (Size pixel = 0; pixel < pixels; ++pixel)
        for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] -= static_cast<Int32>(left_out);
}

/// Sums of up to `Form.most_panels()` panels from their nibbles and where pixels find their tables: `start` and
/// what weights and inputs are multiplied with.
template <class Arch, LookupForm Form>
struct PanelLookup {
    static constexpr bool learned = Form.inputs == LookupForm::Inputs::learned;
    std::conditional_t<learned, BasisSums, LookupSums> weights{};
    const Byte* nibbles = nullptr;

    constexpr PanelLookup() {
        if constexpr (!learned)
            for (Size plane = 0; plane < Form.weights.planes; ++plane) weights.coefficients[plane] = Form.coefficient(plane);
    }
    /// sums[panel][pixel], by nibbles from those of group `first` on.
    template <Size Pixels, Size Panels, class Tables>
    AQUATINT_INLINE constexpr void sum(const Tables& tables, const Byte* const* pixels, const Window& groups, const SumRows* sums,
                                       Size first = 0) const {
        const Byte* const own = nibbles + first * NibbleOrder{Form.weights.planes, Panels, {}}.group_bytes();
        if constexpr (learned)
            Chosen<BasisTile<Pixels, Form.weights.planes>, Arch>::run(own, weights, tables, pixels, groups, sums[0]);
        else {
            using Routine = Chosen<LookupTile<Tables, Form.largest_entry(), Pixels, Form.weights.planes, Panels>, Arch>;
            Routine::run(own, weights, tables, pixels, groups, sums);
            if constexpr (Pixels > 1 && Form.inputs == LookupForm::Inputs::signs && requires { Routine::leaves_out_columns; })
                if (groups.first_outside + groups.last_outside != 0)
                    for (Size panel = 0; panel < Panels; ++panel) {
                        start_later(sums[panel], 1, groups.rows * groups.first_outside * group_inputs);
                        start_later(sums[panel] + Pixels - 1, 1, groups.rows * groups.last_outside * group_inputs);
                    }
        }
    }
    constexpr Int32* start(Size panel) {
        if constexpr (learned) return weights.start;
        else return weights.start[panel];
    }
    /// Learned numbers: of the weights' planes, by output, and of the inputs' bits.
    template <class Levels>
    constexpr void take_basis(const Levels* own, Size count, const LearnedPair& inputs) {
        for (Size plane = 0; plane < Form.weights.planes; ++plane)
            for (Size output = 0; output < count; ++output) weights.basis[plane][output] = own[output].basis[plane];
        weights.factors[0] = inputs.lesser;
        weights.factors[1] = inputs.greater;
    }
    /// Sums begin where those of a pixel that is zero become zero: its entries are not, where they count what differs from signs.
    template <Size Panels, class Tables>
    constexpr void start_at_zero(const Tables& tables, const Byte* zero_pixel, const Window& groups) {
        Tile<Int32, 1> sums[Panels]{};
        SumRows rows[Panels]{};
        for (Size panel = 0; panel < Panels; ++panel) {
            rows[panel] = sums[panel].value;
            fill(start(panel), panel_outputs, Int32(0));
        }
        sum<1, Panels>(tables, &zero_pixel, groups, rows);
        for (Size panel = 0; panel < Panels; ++panel)
            for (Size output = 0; output < panel_outputs; ++output)
                start(panel)[output] = static_cast<Int32>(0u - static_cast<UInt32>(sums[panel].value[0][output]));
    }
};

/// sums[tap][output]: the signs of one tap of the kernel, over its channels, from the cells of a panel.
template <class Arch>
constexpr void sum_sign_taps(const Byte* cells, Size taps, Size channels, Int16* sums) {
    constexpr Size at_once = 16;
    constexpr Byte negative[at_once * cell_inputs]{};
    for (Size tap = 0; tap < taps; ++tap) {
        alignas(32) Int32 positive[panel_outputs]{};
        for (Size left = channels / vector_inputs, some = 0; left != 0; left -= some, cells += some * vector_bytes) {
            some = least(left, at_once);
            Chosen<CountDifferences, Arch>::run(cells, negative, some, positive);
        }
        for (Size output = 0; output < panel_outputs; ++output)
            sums[tap * panel_outputs + output] = static_cast<Int16>(2 * positive[output] - static_cast<Int32>(channels));
    }
}

/// What a product of this family is given, however it is carried out. `Centred`: inputs are signs and the sums are theirs, as
/// OffsetEpilogue wants them; else sums are those of the input's bytes.
template <class Arch, DigitReading Weight, ByteReading InputReader, bool Centred>
struct BitOperands {
    using Processor = Arch;
    using Levels = typename Weight::Levels;
    using InputLevels = typename InputReader::Levels;
    static constexpr LookupForm form = lookup_form<Weight, InputReader>();
    static constexpr bool centred = Centred;

    const ProductPlan& plan;
    const Byte* weights;
    const Levels* levels;
    const InputLevels& input_levels;
    const Byte* input;
    LookupScratch scratch;
    bool zero_adds_nothing = false;   ///< `ring_adds_nothing`: rows of the kernel in the ring may be left out
    const Byte* cells = nullptr;   ///< weights of the present panel

    /// Where signs are not `Centred`, the ring has its share in `start`.
    static constexpr bool ring_adds_nothing(const InputLevels& levels) {
        if constexpr (form.inputs == LookupForm::Inputs::signs) return Centred;
        else return form.zero_adds_nothing(ByteLevels<InputReader>::zero(levels));
    }
    /// Under some rows of the kernel.
    constexpr Int32 inputs_of(const KernelRows& rows) const {
        return static_cast<Int32>(plan.segments().inputs() / plan.product.geometry.kernel_height * rows.count);
    }

    /// Finds the cells of a panel, and its units; returns its levels.
    constexpr const Levels* find_panel(Size part, Size panel, Size count, float* units) {
        cells = weights + panel * CellOrder{Weight::bits, plan.part_outputs(), plan.segments()}.panel_bytes();
        const Levels* own = levels + part * plan.part_outputs() + panel * panel_outputs;
        for (Size output = 0; output < panel_outputs; ++output)
            units[output] = own[least(output, count - 1)].scale * input_levels.scale;
        return own;
    }
    static constexpr float real_offset(const Levels& own) {
        if constexpr (SignReading<Weight>) return own.offset;
        else return 0;
    }
    constexpr void tap_sums(Int16* sums) const { sum_sign_taps<Arch>(cells, plan.taps(), plan.in.shape.channels, sums); }
};

/// As IntegerProduct, for `integer_product` and its epilogues. `Panels` of them share the tables that are loaded.
template <class Arch, DigitReading Weight, ByteReading InputReader, bool Centred, Size Panels>
struct LookupProduct : BitOperands<Arch, Weight, InputReader, Centred> {
    using Operands = BitOperands<Arch, Weight, InputReader, Centred>;
    using Operands::form, Operands::plan, Operands::input, Operands::input_levels, Operands::scratch, Operands::cells;
    static constexpr Size most_pixels = Panels == 1 ? form.most_pixels() : tile_pixels;

    PanelLookup<Arch, form> lookup{};

    constexpr void begin_panel(Size part, Size panel, Size count, float* units) {
        const auto writer = group_writer();
        if (panel == 0) writer.write(input, plan.in.elements() / vector_inputs, scratch.groups);
        const NibbleOrder order{form.weights.planes, Panels, plan.segments()};
        const auto* own = this->find_panel(part, panel, count, units);
        const Size vectors = plan.segments().inputs() / vector_inputs;
        Chosen<CellsToNibbles<Weight::bits>, Arch>::run(cells, vectors, order, scratch.nibbles + panel % Panels * panel_outputs);
        lookup.nibbles = scratch.nibbles;
        if constexpr (form.inputs == LookupForm::Inputs::learned) lookup.take_basis(own, count, writer.pair);
        if constexpr (!Centred && form.weights.signs) {
            constexpr Byte zeros[vector_inputs]{};
            Byte zero_pixel[vector_inputs / group_inputs * bytes_of_group<form>]{};
            writer.write(zeros, 1, zero_pixel);
            lookup.template start_at_zero<1>(network_tables<form>(), zero_pixel,
                                             {vectors, 0, 1, 0, vector_inputs / group_inputs});
        }
    }
    /// The sums to come are those of some rows of the kernel.
    constexpr void begin_rows(const KernelRows& rows) {
        if constexpr (Centred) fill(lookup.start(0), panel_outputs, this->inputs_of(rows));
    }
    static constexpr Size bytes_of(Size inputs) { return inputs / group_inputs * bytes_of_group<form>; }
    constexpr const Byte* inputs_at(Size offset) const { return scratch.groups + bytes_of(offset); }
    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Byte* const* pixels, const Window& window, const SumRows (&sums)[Panels],
                                       Size first_cell) const {
        const Window groups{window.rows, window.row_pitch / group_inputs, window.columns, window.column_pitch / group_inputs,
                            window.run / group_inputs, window.first_outside / group_inputs, window.last_outside / group_inputs};
        static_assert(cell_inputs == group_inputs);
        lookup.template sum<Pixels, Panels>(network_tables<form>(), pixels, groups, sums, first_cell);
    }

private:
    constexpr GroupWriter<Arch, form> group_writer() const {
        if constexpr (form.inputs == LookupForm::Inputs::learned) return {LearnedPair::of(input_levels)};
        else return {};
    }
};

}}  // namespace aquatint
