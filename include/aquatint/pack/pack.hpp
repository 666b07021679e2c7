// SPDX-License-Identifier: BSL-1.0
// pack and unpack: weights to packed weights and back.
#pragma once

#include <aquatint/pack/packed.hpp>
#include <aquatint/policy/readings.hpp>

namespace aquatint { inline namespace v0 {

/// Whatever can be written as packed weights: `Packed`, `PackedMemory`.
template <class Candidate>
concept PackedTarget = PackedSource<Candidate> && requires(Candidate& target) { target.memory().levels; };
template <class Candidate>
using QuantizerOf = typename std::remove_cvref_t<Candidate>::Quantizer;
template <class Candidate>
using LevelsOf = typename QuantizerOf<Candidate>::Levels;

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The widest learned basis with which a sum over so many inputs of 8 bits fits 32 bits: its levels stay below 2^bits.
constexpr unsigned widest_basis(Size inputs) {
    unsigned bits = 1;
    while (bits < 15 && UInt64(inputs) * 255 < (UInt64(1) << (30 - bits))) ++bits;
    return bits;
}

/// A matrix is [outputs][columns]; of a convolution's weights a row is [inputs][kernel_height][kernel_width] in one piece.
template <class Element, class Shape>
constexpr Error shape_disagrees(const MatrixView<Element>& weights, const Shape& shape) {
    if (const Error e = shape.refusal()) return e;
    if (const Error e = counts_differ("weights have a row for each output", "weights", shape.outputs, weights.rows)) return e;
    return counts_differ("a row of weights has all inputs of an output", "weights", shape.columns(), weights.columns);
}

/// Stores `code_at(output, column)`; all padding becomes zero.
template <PackedTarget Target, class CodeAt>
constexpr void store_codes(Target& target, CodeAt code_at) {
    const auto memory = target.memory();
    const auto& shape = memory.shape;
    for (Size at = 0; at < shape.code_bytes() / sizeof(*memory.codes); ++at) memory.codes[at] = 0;
    if constexpr (requires { target.padding; })
        for (Byte& byte : target.padding) byte = 0;
    for (Size output = 0; output < shape.outputs; ++output)
        for (Size column = 0; column < shape.columns(); ++column) memory.store(output, column, code_at(output, column));
}

/// Copies levels that somebody has found; refuses those that the policy does not take.
template <PackedTarget Target>
constexpr Error store_levels(VectorView<const LevelsOf<Target>> levels, Target& target) {
    const auto memory = target.memory();
    if (const Error e = counts_differ(levels_rule, "levels", memory.shape.level_count(), levels.size)) return e;
    if (const Error e = levels_unusable<typename QuantizerOf<Target>::Reader>(levels)) return e;
    for (Size i = 0; i < levels.size; ++i) memory.levels[i] = levels[i];
    return {};
}

/// Codes of weights [outputs][columns] under the levels that `target` holds.
template <PackedTarget Target>
constexpr void encode_packed(MatrixView<const float> weights, Target& target) {
    using Reader = typename QuantizerOf<Target>::Reader;
    const auto view = target.view();
    store_codes(target, [&](Size output, Size column) {
        return Reader::encode(weights[output][column], view.levels_at(output, column));
    });
}

/// Fits the levels to the weights, encodes and stores. Integers of a learned basis get as many bits as sums over the inputs leave
/// them. Where an Error comes back, what was written is unspecified.
template <PackedTarget Target>
constexpr Error pack(MatrixView<const float> weights, Target&& target) {
    using Quantizer = QuantizerOf<Target>;
    using Reader = typename Quantizer::Reader;
    const auto memory = target.memory();
    if (const Error e = shape_disagrees(weights, memory.shape)) return e;
    if constexpr (!std::is_empty_v<LevelsOf<Target>>) {
        const Size inputs = memory.shape.shared_inputs();
        const auto fitter = [&](VectorView<const float> samples) {
            if constexpr (requires { Reader::fit(samples, 1u); }) return Reader::fit(samples, widest_basis(inputs));
            else return fit<Reader>(samples);
        };
        if (const Error e = Quantizer::fit(weights, {memory.levels, memory.shape.level_count()}, fitter)) return e;
    }
    encode_packed(weights, target);
    return {};
}

/// The same with levels that somebody has found.
template <PackedTarget Target>
constexpr Error pack(MatrixView<const float> weights, VectorView<const LevelsOf<Target>> levels, Target&& target) {
    if (const Error e = shape_disagrees(weights, target.memory().shape)) return e;
    if (const Error e = store_levels(levels, target)) return e;
    encode_packed(weights, target);
    return {};
}

/// Codes of this policy that somebody has found, a byte each.
template <PackedTarget Target>
constexpr Error pack_codes(MatrixView<const Byte> codes, VectorView<const LevelsOf<Target>> levels,
                           Target&& target) {
    using Reader = typename QuantizerOf<Target>::Reader;
    static_assert(Reader::bits <= 8, "aquatint: codes of a byte are of at most 8 bits");
    if (const Error e = shape_disagrees(codes, target.memory().shape)) return e;
    for (Size output = 0; output < codes.rows; ++output)
        for (const unsigned code : codes[output])
            if (code >= Reader::codes) return code_unknown<Reader>("codes", code);
    if (const Error e = store_levels(levels, target)) return e;
    store_codes(target, [&](Size output, Size column) { return static_cast<unsigned>(codes[output][column]); });
    return {};
}

/// Signed integers of other engines (the int8 of ONNX and TensorFlow Lite): level = integer * scale.
template <PackedTarget Target>
constexpr Error pack_integers(MatrixView<const Int8> integers, VectorView<const LevelsOf<Target>> levels,
                              Target&& target) {
    using Reader = typename QuantizerOf<Target>::Reader;
    static_assert(IntegerReading<Reader>, "aquatint: integers are packed by a policy that reads each code as one integer");
    if (const Error e = shape_disagrees(integers, target.memory().shape)) return e;
    constexpr unsigned unknown = 256;
    unsigned code_of[256]{};
    for (unsigned& code : code_of) code = unknown;
    for (unsigned code = Reader::codes; code-- > 0;)
        if (const int integer = Reader::integer(code); integer >= -128 && integer <= 127) code_of[integer + 128] = code;
    for (Size output = 0; output < integers.rows; ++output)
        for (const int integer : integers[output])
            if (code_of[integer + 128] == unknown) {
                Error e = error("an integer is no level of the policy", "integers", Reader::name, "");
                e.found.append_number(integer);
                return e;
            }
    if (const Error e = store_levels(levels, target)) return e;
    store_codes(target, [&](Size output, Size column) { return code_of[integers[output][column] + 128]; });
    return {};
}

/// The numbers that the codes mean, [outputs][columns].
template <PackedSource Weights>
constexpr Error unpack(const Weights& packed, MatrixView<float> weights) {
    using Reader = typename QuantizerOf<Weights>::Reader;
    const auto view = packed.view();
    if (const Error e = shape_disagrees(weights, view.shape)) return e;
    for (Size output = 0; output < weights.rows; ++output)
        for (Size column = 0; column < weights.columns; ++column) {
            const unsigned code = view.stored(output, column);
            if (code >= Reader::codes) return code_unknown<Reader>("weights", code);
            weights[output][column] = Reader::decode(code, view.levels_at(output, column));
        }
    return {};
}

/// The codes, a byte each.
template <PackedSource Weights>
constexpr Error unpack_codes(const Weights& packed, MatrixView<Byte> codes) {
    static_assert(QuantizerOf<Weights>::Reader::bits <= 8, "aquatint: codes of a byte are of at most 8 bits");
    const auto view = packed.view();
    if (const Error e = shape_disagrees(codes, view.shape)) return e;
    for (Size output = 0; output < codes.rows; ++output)
        for (Size column = 0; column < codes.columns; ++column)
            codes[output][column] = static_cast<Byte>(view.stored(output, column));
    return {};
}

}}  // namespace aquatint
