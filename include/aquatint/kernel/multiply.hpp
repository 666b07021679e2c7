// SPDX-License-Identifier: BSL-1.0
// Packed weights over a grid of inputs: what matmul, matvec, dot and conv2d are made of.
#pragma once

#include <aquatint/kernel/blocks.hpp>
#include <aquatint/kernel/count_block.hpp>
#include <aquatint/kernel/row_product.hpp>
#include <aquatint/kernel/sign_vector.hpp>

namespace aquatint { inline namespace v0 {

/// How many outputs weights have whose type says so; else 0.
template <class Weights>
inline constexpr Size known_outputs = 0;
template <class Weights>
    requires requires { Weights::payload_bits; }
inline constexpr Size known_outputs<Weights> = Weights::shape.outputs;

/// Whether sums of bytes that `InputReader` reads stay within 32 bits, whatever the weights.
template <class Quantizer, Policy InputReader>
constexpr bool sums_fit(const PackedShape<Quantizer>& shape) {
    using Reader = typename Quantizer::Reader;
    if constexpr (!sums_are_integers<Quantizer, InputReader>()) return true;
    else if constexpr (Terms<Reader>::planes) return true;   // their levels say
    else return largest_sum<Reader, InputReader>(shape.shared_inputs(), {}) <= largest_int32;
}
}  // inline namespace v0

inline namespace AQUATINT_TARGET {

template <Policy InputReader, class Quantizer>
AQUATINT_INLINE constexpr Error sums_may_overflow(const PackedView<Quantizer>& weights) {
    using Reader = typename Quantizer::Reader;
    if constexpr (sums_are_integers<Quantizer, InputReader>()) {
        const Size inputs = weights.shape.shared_inputs();
        for (Size i = 0; i < (Terms<Reader>::planes ? weights.shape.level_count() : 1); ++i) {
            if (const Int64 weight = largest_whole<Reader>(weights.levels[i]); joined<Reader> && weight > largest_joined)
                return error("the levels of a learned basis stay below 2^15 steps", "weights", largest_joined, weight);
            if (const UInt64 sum = largest_sum<Reader, InputReader>(inputs, weights.levels[i]); sum > largest_int32)
                return error("sums of integer products stay below 2^31: take fewer bits or inputs", "weights",
                             static_cast<Int64>(largest_int32), static_cast<Int64>(sum));
        }
    }
    return {};
}

/// The first adjacent inputs one of whose codes has no level; none where all have one.
template <class Arch, class Element, Policy Reader>
AQUATINT_INLINE constexpr VectorView<const Byte> unknown_codes(const Values<Element, Reader>& inputs) {
    if constexpr (Reader::codes < 256) {
        const auto& grid = inputs.grid;
        const bool adjacent = grid.width == 1 || grid.column_pitch == grid.channels;
        const Size runs = adjacent ? 1 : grid.width, run = adjacent ? grid.width * grid.channels : grid.channels;
        for (Size row = 0; row < grid.height; ++row)
            for (Size column = 0; column < runs; ++column) {
                const Byte* codes = grid.at(row, column);
                if (!bytes_below<Arch, Reader::codes>(codes, run)) return {codes, run};
            }
    }
    return {};
}
/// Never inline, as `error`.
template <Policy Reader>
AQUATINT_NOINLINE constexpr Error largest_unknown(const Byte* codes, Size count) {
    unsigned largest = 0;
    for (Size i = 0; i < count; ++i) largest = most(largest, unsigned{codes[i]});
    return code_unknown<Reader>("inputs", largest);
}
/// What is written does not overlap.
template <class Element>
AQUATINT_INLINE constexpr Error rows_overlap(const Grid<Element>& outputs) {
    constexpr const char* rule = "rows of outputs do not overlap";
    if (outputs.width > 1 && outputs.column_pitch < outputs.channels)
        return counts_differ(rule, "outputs", outputs.channels, outputs.column_pitch);
    const Size across = (outputs.width - 1) * outputs.column_pitch + outputs.channels;
    if (outputs.height > 1 && outputs.row_pitch < across) return counts_differ(rule, "outputs", across, outputs.row_pitch);
    return {};
}
/// What only the values can tell: memory, levels, the sizes of an epilogue.
template <class Quantizer, class Inputs, class Outputs>
AQUATINT_INLINE constexpr Error values_disagree(const PackedView<Quantizer>& weights, const Inputs& inputs,
                                                const Outputs& outputs, const Epilogue& epilogue) {
    using InputReader = typename Inputs::Reader;
    using OutputReader = typename Outputs::Reader;
    constexpr const char* rule = "levels keep what their policy promises";
    if (const Error e = weights.shape.refusal()) return e;
    if (weights.codes == nullptr) return error("a view has memory", "weights");
    if (const Error e = epilogue_disagrees(epilogue, weights.shape.outputs)) return e;
    if (const Error e = sums_may_overflow<InputReader>(weights)) return e;
    if (!valid_levels<InputReader>(inputs.levels)) return error(rule, "inputs", InputReader::name, "others");
    if constexpr (sums_are_integers<Quantizer, InputReader>())
        if (const Int32 steps = ByteLevels<InputReader>::beyond(inputs.levels); steps != 0)
            return error("levels of inputs lie 0 to 255 steps above the lowest one", "inputs", 255, steps);
    if (!valid_levels<OutputReader>(outputs.levels)) return error(rule, "outputs", OutputReader::name, "others");
    if (outputs.grid.empty()) return {};
    if (inputs.grid.data == nullptr) return error("a view has memory", "inputs");
    if (outputs.grid.data == nullptr) return error("a view has memory", "outputs");
    return rows_overlap(outputs.grid);
}

/// By value: Clang does not keep in registers what a call might refer to, also where it turns out that there is no call.
template <class Arch, class Quantizer, class Inputs, class Outputs>
constexpr void multiply_on(PackedView<Quantizer> weights, Inputs inputs, Geometry geometry, Outputs outputs, Epilogue epilogue) {
    Finish<Arch, Outputs> finish{outputs, epilogue};
    constexpr LookupForm form = block_form<Quantizer, typename Inputs::Reader>();
    if constexpr (form.exists())
        if (bits_are_adjacent(weights.shape, geometry)) {
            const Size pixels = outputs.grid.height * outputs.grid.width;
            if constexpr (form.inputs == LookupForm::Inputs::signs)
                if (pixels == 1 && reads_vector(weights.shape, geometry)) return multiply_sign_vector(weights, inputs, finish);
            if constexpr (counts_bits<Arch>) {
                using Block = CountBlock<Arch, Quantizer, Inputs>;
                if (Block::fits(geometry)) {
                    Block block(weights, inputs, geometry);
                    return multiply_bits(block, finish);
                }
            } else if (tables_pay(form, weights.shape, geometry, pixels)) {
                LookupBlock<Arch, Quantizer, Inputs> block(weights, inputs, geometry);
                return multiply_bits(block, finish);
            }
        }
    if constexpr (sums_are_integers<Quantizer, typename Inputs::Reader>()) {
        IntegerBlock<Arch, Quantizer, typename Inputs::Reader> sums(weights, inputs.levels);
        multiply_blocks(sums, inputs, geometry, finish);
    } else {
        RealBlock<Arch, Quantizer> sums(weights);
        multiply_blocks(sums, inputs, geometry, finish);
    }
}

/// Shapes agree; all else is looked at here. In constant expressions the scalar reference computes. `OneRow`: a matrix meets a
/// single row of inputs, so that only matvec is compiled with what rows have of their own.
template <class Arch, bool OneRow = false, PackedSource Weights, class Inputs, class Outputs>
AQUATINT_INLINE constexpr Error multiply(const Weights& weights, const Inputs& inputs, const Geometry& geometry,
                                         const Outputs& outputs, const Epilogue& epilogue) {
    using Quantizer = typename decltype(weights.view())::Quantizer;
    using InputReader = typename Inputs::Reader;
    using InputElement = std::remove_const_t<typename Inputs::Element>;
    constexpr bool sums = sums_are_integers<Quantizer, InputReader>() && PackedShape<Quantizer>::group == 0;
    constexpr bool readable = std::is_same_v<InputElement, std::conditional_t<std::is_same_v<InputReader, Real>, float, Byte>>;
    constexpr bool is_coded = !std::is_same_v<typename Outputs::Reader, Real>;
    constexpr bool writable = std::is_same_v<typename Outputs::Element, std::conditional_t<is_coded, Byte, float>> ||
                              (sums && !is_coded && std::is_same_v<typename Outputs::Element, Int32>);
    static_assert(readable, "aquatint: inputs are floats, or bytes that coded<Policy>(bytes, levels) gives a meaning");
    static_assert(writable,
                  "aquatint: outputs are floats, bytes as coded<Policy>(bytes, levels), or Int32 where sums are integers");
    if constexpr (known_outputs<Weights> != 0)
        static_assert(sums_fit<Quantizer, InputReader>(Weights::shape),
                      "aquatint: a sum of this many products of these widths does not fit 32 bits: take fewer bits or inputs");
    if (const Error e = values_disagree(weights.view(), inputs, outputs, epilogue)) return e;
    if constexpr (readable && writable) {
        if (outputs.grid.empty()) return {};
        if constexpr (!std::is_same_v<InputReader, Real>)
            if (const auto unknown = unknown_codes<Arch>(inputs); unknown.size != 0)
                return largest_unknown<InputReader>(unknown.data, unknown.size);
        if (std::is_constant_evaluated()) {
            multiply_on<Scalar>(weights.view(), inputs, geometry, outputs, epilogue);
            return {};
        }
        if constexpr (OneRow && std::is_same_v<InputReader, Real>) {
            multiply_real_row<Arch, known_outputs<Weights>>(weights.view(), inputs, outputs, epilogue);
            return {};
        } else if constexpr (OneRow && has_rows<Arch, Quantizer, InputReader>)
            if (fits_rows(weights.view().shape, inputs)) {
                multiply_row<Arch, known_outputs<Weights>>(weights.view(), inputs, outputs, epilogue);
                return {};
            }
        multiply_on<Arch>(weights.view(), inputs, geometry, outputs, epilogue);
    }
    return {};
}
}}  // namespace aquatint
