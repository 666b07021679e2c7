// SPDX-License-Identifier: BSL-1.0
// matmul, matvec and dot: packed weights times the user's own vectors.
#pragma once

#include <aquatint/kernel/multiply.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Weights [outputs][inputs] times `rows` of inputs give as many rows of outputs.
template <class Shape, class Inputs, class Outputs>
AQUATINT_INLINE constexpr Error rows_disagree(const Shape& shape, const Grid<Inputs>& inputs, const Grid<Outputs>& outputs) {
    if (const Error e = counts_differ("a kernel slides over an image: conv2d takes it", "weights", 1, shape.taps())) return e;
    if (const Error e = counts_differ("inputs are as long as weights", "inputs", shape.inputs, inputs.channels)) return e;
    if (const Error e = counts_differ("weights have a row for each output", "outputs", shape.outputs, outputs.channels)) return e;
    return counts_differ("inputs have as many rows as outputs", "outputs", inputs.width, outputs.width);
}

template <class Arch, bool OneRow, PackedSource Weights, class Inputs, class Outputs>
AQUATINT_INLINE constexpr Error multiply_rows(const Weights& weights, const Inputs& inputs, const Outputs& outputs,
                                              const Epilogue& epilogue) {
    if (const Error e = rows_disagree(weights.view().shape, inputs.grid, outputs.grid)) return e;
    return multiply<Arch, OneRow>(weights, inputs, Geometry{}, outputs, epilogue);
}

/// outputs[row] = weights * inputs[row] for every row, finished by the epilogue, as in `{.bias = bias, .activation = Relu{}}`.
///
/// Weights are `Packed` or `PackedView`; inputs [rows][inputs] and outputs [rows][outputs] are arrays or views of
/// - floats: an output is one chain of fused multiply-adds, from zero on, over its inputs in ascending order;
/// - `coded<Policy>(bytes, levels)`: where both policies have whole steps, sums are exact integers that one multiplication turns
///   into numbers (groups are added in ascending order); else all is read as floats. Outputs get the codes of the numbers;
/// - Int32, for outputs: the integer sums of (input - zero point) * weight themselves, without epilogue.
/// The same bits on every processor. Takes no memory but 40 to 80 KB of stack. Outputs may not overlap inputs. Where sizes,
/// levels or codes are wrong, an Error comes back and nothing was written.
template <class Arch = Native, PackedSource Weights, class Inputs, class Outputs>
constexpr Error matmul(const Weights& weights, const Inputs& inputs, Outputs&& outputs, const Epilogue& epilogue = {}) {
    constexpr bool fits = ViewedAs<const Inputs, MatrixView> && ViewedAs<Outputs, MatrixView>;
    static_assert(fits, "aquatint: matmul reads and writes matrices: arrays or MatrixViews, or what coded makes of them");
    if constexpr (fits)
        return multiply_rows<Arch, false>(weights, values_of(as_view(inputs)), values_of(as_view(outputs)), epilogue);
    else return {};
}

/// The same for one vector.
template <class Arch = Native, PackedSource Weights, class Inputs, class Outputs>
AQUATINT_INLINE constexpr Error matvec(const Weights& weights, const Inputs& inputs, Outputs&& outputs,
                                       const Epilogue& epilogue = {}) {
    constexpr bool fits = ViewedAs<const Inputs, VectorView> && ViewedAs<Outputs, VectorView>;
    static_assert(fits, "aquatint: matvec reads and writes vectors: arrays, containers or VectorViews, or what coded makes of them");
    if constexpr (fits)
        return multiply_rows<Arch, true>(weights, values_of(as_view(inputs)), values_of(as_view(outputs)), epilogue);
    else return {};
}

/// One output of matvec, the same bits. Sixteen neighbours are computed for it.
template <class Arch = Native, PackedSource Weights, class Inputs>
constexpr Result<float> dot(const Weights& weights, Size output, const Inputs& inputs, const Epilogue& epilogue = {}) {
    auto panel = weights.view();
    const Size all = panel.shape.outputs;
    if (output >= all) return counts_differ("the weights have this output", "output", all - 1, output);
    if (const Error e = epilogue_disagrees(epilogue, all)) return e;
    const Size first = output / panel_outputs * panel_outputs;
    const Size count = least(panel_outputs, all - first);
    const auto of_panel = [&](VectorView<const float> numbers) {
        return numbers.size == 0 ? numbers : VectorView<const float>(numbers.data + first, count);
    };
    float outputs[panel_outputs]{};
    if (const Error e = matvec<Arch>(panel.part(first, count), inputs, VectorView<float>(outputs, count),
                                     {of_panel(epilogue.scale), of_panel(epilogue.bias), epilogue.activation,
                                      of_panel(epilogue.positive_slope), of_panel(epilogue.negative_slope)}))
        return e;
    return outputs[output - first];
}

}}  // namespace aquatint
