// SPDX-License-Identifier: BSL-1.0
// One row of inputs times a matrix of codes: every code is used once, so it is decoded where it is multiplied. Whatever depends on the
// shape is computed by the compiler where the shape is known to it.
#pragma once

#include <aquatint/kernel/finish.hpp>
#include <aquatint/kernel/sums.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Whether a processor's rows are its best: one that has tiles of its own knows more than the rows that it inherits.
template <class Arch, class Weight, int LargestInput>
constexpr bool has_row() {
    if constexpr (Integral<Weight>) {
        if constexpr (row_digits<Weight, LargestInput>) {
            using Row = typename NearestRoutine<DotRow<Weight, LargestInput>, Arch>::Processor;
            using Tile = typename NearestRoutine<DotTile<1, 1>, Arch>::Processor;
            return std::is_same_v<Row, Tile> && !std::is_same_v<Row, Scalar>;
        } else return false;
    } else return false;
}
template <class Arch, class Quantizer, class InputReader>
inline constexpr bool has_rows = [] {
    if constexpr (PackedShape<Quantizer>::group != 0 || !sums_are_integers<Quantizer, InputReader>()) return false;
    else if constexpr (!codes_are_bytes<InputReader>) return false;
    else return has_row<Arch, typename Quantizer::Reader, ByteLevels<InputReader>::highest_byte>();
}();

/// Calls `action<Panels>(panel)` for groups of `Most` neighbouring panels, a power of two, then for the fewer ones that are left.
template <Size Most, class Action>
AQUATINT_INLINE constexpr void for_each_panels(Size panels, Action&& action, Size panel = 0) {
    for (; panel + Most <= panels; panel += Most) action.template operator()<Most>(panel);
    if constexpr (Most > 1)
        if (panel != panels) for_each_panels<Most / 2>(panels, action, panel);
}

/// Whole cells of inputs whose zero is the byte 0.
template <class Quantizer, class Inputs>
AQUATINT_INLINE constexpr bool is_row(const PackedShape<Quantizer>& weights, const Inputs& inputs) {
    return weights.inputs % cell_inputs == 0 && ByteLevels<typename Inputs::Reader>::zero(inputs.levels) == 0;
}

/// The outputs of one panel, as Finish wants to know them.
template <class Quantizer>
struct RowPanel {
    const PackedView<Quantizer>& weights;
    float input_scale;
    Size first, count;

    AQUATINT_INLINE float unit(Size output) const { return weights.levels_at(first + output, 0).scale * input_scale; }
};

template <class Arch, class Quantizer, class Inputs, class Outputs>
AQUATINT_INLINE void multiply_row(const PackedView<Quantizer>& weights, const Inputs& inputs, const Outputs& outputs,
                                  const Epilogue& epilogue) {
    using Row = Chosen<DotRow<typename Quantizer::Reader, ByteLevels<typename Inputs::Reader>::highest_byte>, Arch>;
    constexpr bool sums_are_results = std::is_same_v<typename Outputs::Element, Int32>;
    const CellOrder order = weights.shape.order();
    const Size panel_bytes = order.panel_bytes(), cells = order.inputs.cells(), all = weights.shape.outputs;
    for_each_panels<Row::panels>(order.panels(), [&]<Size Panels>(Size panel) AQUATINT_ALWAYS {
        const Byte* const codes = weights.codes + panel * panel_bytes;
        const Size first = panel * panel_outputs;
        if constexpr (sums_are_results)
            if (first + Panels * panel_outputs <= all) {
                auto* const rows = reinterpret_cast<Int32(*)[panel_outputs]>(outputs.grid.data + first);
                return Row::template run<Panels>(codes, panel_bytes, inputs.grid.data, cells, rows);
            }
        Tile<Int32, Panels> sums;
        Row::template run<Panels>(codes, panel_bytes, inputs.grid.data, cells, sums.value);
        if constexpr (sums_are_results) return copy(sums.value[0], all - first, outputs.grid.data + first);
        else {
            Finish<Arch, Outputs> finish{outputs, epilogue};
            for (Size at = 0; at < Panels; ++at) {
                const Size own = first + at * panel_outputs;
                finish.take_panel(RowPanel<Quantizer>{weights, inputs.levels.scale, own, least(panel_outputs, all - own)});
                finish.write(0, 0, sums.value[at]);
            }
        }
    });
}

}}  // namespace aquatint
