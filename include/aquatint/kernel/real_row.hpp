// SPDX-License-Identifier: BSL-1.0
// One row of real inputs times a matrix: every weight is used once, and the chains of several panels hide each other's latency.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/decode_real.hpp>
#include <aquatint/kernel/row_panels.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Whether codes become numbers in registers. Groups begin packed vectors, of 16 / bits inputs
/// where they have fewer than four bits.
template <class Arch, class Quantizer, Policy Reader = typename Quantizer::Reader>
inline constexpr bool has_coded_rows = [] {
    if constexpr (!scales_digits<Quantizer>) return false;
    else if constexpr (!register_digits<Reader>) return false;
    else
        return PackedShape<Quantizer>::group % most(cell_inputs, Size(16) / Reader::bits) == 0 &&
               has_own_routine<CodedRow<Reader>, Arch>;
}();

/// Chains of neighbouring panels over a row of inputs, in ascending order.
template <class Arch, class Quantizer>
struct RealRowSums {
    using Reader = typename Quantizer::Reader;
    static constexpr bool in_registers = has_coded_rows<Arch, Quantizer>;
    static constexpr Size panels = [] {
        if constexpr (in_registers) return Chosen<CodedRow<Reader>, Arch>::panels;
        else return Chosen<RealRow, Arch>::panels;
    }();
    static constexpr Size group = PackedShape<Quantizer>::group;
    static constexpr Size most_cells = in_registers ? 1 : 16;   ///< that are decoded at a time: 32 KB of stack

    const PackedView<Quantizer>& weights;   ///< of one segment
    const float* inputs;

    /// Adds to `sums` of `Panels` panels from output `first` on; `count` of these outputs exist.
    template <Size Panels>
    constexpr void extend(Size first, Size count, float (*sums)[panel_outputs]) const {
        const Size all = weights.shape.inputs, whole = all / cell_inputs * cell_inputs;
        if constexpr (PackedShape<Quantizer>::real) {
            extend_decoded<Panels>(first, count, {0, 1, 0, all}, sums);
        } else if constexpr (in_registers) {
            extend_coded<Panels>(first, count, whole, sums);
            if (whole != all) extend_decoded<Panels>(first, count, {0, 1, whole, all - whole}, sums);
        } else {
            for_each_piece(weights.shape.segments(), most_cells, 0,
                           [&](const Piece& piece) { extend_decoded<Panels>(first, count, piece, sums); });
        }
    }

private:
    template <Size Panels>
    constexpr void extend_decoded(Size first, Size count, const Piece& piece, float (*sums)[panel_outputs]) const {
        RealDecoder<Arch, Quantizer, most_cells> decoders[Panels];
        const float* numbers[Panels];
        for (Size panel = 0; panel < Panels; ++panel) {
            const Size done = panel * panel_outputs;
            numbers[panel] = decoders[panel].decode(weights, first + done, least(panel_outputs, count - done), piece);
        }
        Chosen<RealRow, Arch>::template run<Panels>(numbers, inputs + piece.first, piece.run, sums);
    }
    /// Inputs 0 ... end. The levels of some groups are brought into order well before vectors of them are read.
    template <Size Panels>
    constexpr void extend_coded(Size first, Size count, Size end, float (*sums)[panel_outputs]) const {
        constexpr Size most_groups = group == 0 ? 1 : 8;
        const Size length = group == 0 ? end : group, panel_bytes = weights.shape.order().panel_bytes();
        const Byte* const codes = weights.codes + first / panel_outputs * panel_bytes;
        RowLevels<Panels> levels[most_groups];
        for (Size block = 0; block < end; block += most_groups * length) {
            const Size groups = least(most_groups, ceil_div(end - block, length));
            for (Size output = 0; output < Panels * panel_outputs; ++output) {
                const auto* const own = weights.levels + weights.shape.level_of(first + least(output, count - 1), block);
                for (Size index = 0; index < groups; ++index) {
                    const Size panel = output / panel_outputs, lane = output % panel_outputs;
                    levels[index].scales[panel][lane] = own[index].scale;
                    if constexpr (Terms<Reader>::has_zero) levels[index].zeros[panel][lane] = Terms<Reader>::zero(own[index]);
                }
            }
            for (Size index = 0; index < groups; ++index) {
                const Size from = block + index * length, cells = least(length, end - from) / cell_inputs;
                const Byte* own_codes[Panels];
                for (Size panel = 0; panel < Panels; ++panel)
                    own_codes[panel] = codes + panel * panel_bytes + from * panel_outputs * Reader::bits / 8;
                Chosen<CodedRow<Reader>, Arch>::template run<Panels>(own_codes, levels[index], inputs + from, cells, sums);
            }
        }
    }
};

}}  // namespace aquatint
