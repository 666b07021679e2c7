// SPDX-License-Identifier: BSL-1.0
// One row of inputs times a matrix: every weight is used once, so it is decoded where it is multiplied. Whatever depends on the
// shape is computed by the compiler where the shape is known to it.
#pragma once

#include <aquatint/kernel/finish.hpp>
#include <aquatint/kernel/real_row.hpp>
#include <aquatint/kernel/row_panels.hpp>
#include <aquatint/kernel/sums.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <class Arch, class Quantizer, class InputReader>
inline constexpr bool has_rows = [] {
    if constexpr (PackedShape<Quantizer>::group != 0 || !sums_are_integers<Quantizer, InputReader>()) return false;
    else if constexpr (!codes_are_bytes<InputReader>) return false;
    else return has_row<Arch, typename Quantizer::Reader, ByteLevels<InputReader>::highest_byte>();
}();

/// Whole cells of inputs whose zero is the byte 0.
template <class Quantizer, class Inputs>
AQUATINT_INLINE constexpr bool fits_rows(const PackedShape<Quantizer>& weights, const Inputs& inputs) {
    return weights.inputs % cell_inputs == 0 && ByteLevels<typename Inputs::Reader>::zero(inputs.levels) == 0;
}

/// The outputs of one panel, as their epilogue wants to know them. `unit_of(output)`: what one step of its sum means.
template <class UnitOf>
struct RowPanel {
    Size first, count;
    const UnitOf& unit_of;

    AQUATINT_INLINE float unit(Size output) const { return unit_of(first + output); }
};

/// Finishes the sums of `Panels` panels from output `first` on and writes them: full ones, or the `count` outputs of one.
template <class Arch, Size Panels, bool Full, class UnitOf, class Writer, class Number>
AQUATINT_INLINE void finish_panels(Size first, Size count, const UnitOf& unit_of, const Epilogue& epilogue, const Writer& writer,
                                   const Number (*sums)[panel_outputs], typename Writer::Element* target) {
    Tile<float, Panels> values;
    for_each_index(IndicesBelow<Panels>{}, [&]<Size At>() AQUATINT_ALWAYS {
        PanelScratch scratch;
        const RowPanel<UnitOf> own{first + At * panel_outputs, count, unit_of};
        PanelEpilogue<Arch>(epilogue, own, scratch).finish(sums[At], values.value[At]);
    });
    if constexpr (Full) writer.template write_panels<Panels>(values.value, target);
    else writer.write(values.value[0], count, target);
}

/// `Known`: how many outputs there are, or 0 where only the view says it.
template <class Arch, Size Known, class Quantizer, class Inputs, class Outputs>
AQUATINT_INLINE void multiply_row(const PackedView<Quantizer>& weights, const Inputs& inputs, const Outputs& outputs,
                                  const Epilogue& epilogue) {
    using Row = Chosen<DotRow<typename Quantizer::Reader, ByteLevels<typename Inputs::Reader>::highest_byte>, Arch>;
    constexpr bool sums_are_results = std::is_same_v<typename Outputs::Element, Int32>;
    const CellOrder order = weights.shape.order();
    const Size panel_bytes = order.plane_bytes(Quantizer::Reader::bits), cells = order.inputs.cells();
    const NumberWriter<Arch, Outputs> writer(outputs);
    const auto unit_of = [&](Size output) AQUATINT_ALWAYS { return weights.levels_at(output, 0).scale * inputs.levels.scale; };
    for_each_panels<Row::panels, Known>(weights.shape.outputs, [&]<Size Panels, bool Full>(Size panel) AQUATINT_ALWAYS {
        const Byte* const codes = weights.codes + panel * panel_bytes;
        const Size first = panel * panel_outputs, count = Full ? panel_outputs : weights.shape.outputs - first;
        auto* const target = outputs.grid.data + first;
        if constexpr (sums_are_results && Full) {
            Row::template run<Panels>(codes, panel_bytes, inputs.grid.data, cells, reinterpret_cast<SumRows>(target));
        } else {
            Tile<Int32, Panels> sums;
            Row::template run<Panels>(codes, panel_bytes, inputs.grid.data, cells, sums.value);
            if constexpr (sums_are_results) copy(sums.value[0], count, target);
            else finish_panels<Arch, Panels, Full>(first, count, unit_of, epilogue, writer, sums.value, target);
        }
    });
}

/// The same of real inputs, from chains that begin with zero.
template <class Arch, Size Known, class Quantizer, class Inputs, class Outputs>
void multiply_real_row(const PackedView<Quantizer>& weights, const Inputs& inputs, const Outputs& outputs,
                       const Epilogue& epilogue) {
    using Row = RealRowSums<Arch, Quantizer>;
    const Row row{weights, inputs.grid.data};
    const NumberWriter<Arch, Outputs> writer(outputs);
    const auto unit_of = [](Size) AQUATINT_ALWAYS { return 1.0f; };   // chains are numbers
    const Size all = Known != 0 ? Known : weights.shape.outputs;
    for_each_panels<Row::panels, Known>(all, [&]<Size Panels, bool Full>(Size panel) AQUATINT_ALWAYS {
        const Size first = panel * panel_outputs, count = Full ? panel_outputs : all - first;
        Tile<float, Panels> sums{};
        row.template extend<Panels>(first, Full ? Panels * panel_outputs : count, sums.value);
        finish_panels<Arch, Panels, Full>(first, count, unit_of, epilogue, writer, sums.value, outputs.grid.data + first);
    });
}

}}  // namespace aquatint
