// SPDX-License-Identifier: BSL-1.0
// The epilogue of a product as an argument: scale, bias, activation; then numbers, codes, or the sums as they are.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/base/error.hpp>
#include <aquatint/kernel/copy.hpp>
#include <aquatint/kernel/numbers.hpp>
#include <aquatint/policy/scale.hpp>
#include <bit>

namespace aquatint { inline namespace v0 {

/// A function of single values: `Relu{}`, `LeakyRelu<10>{}`, `PRelu{}` or a Pointwise of one's own; none by default.
struct Activation {
    Pointwise pointwise;

    constexpr Activation() = default;
    constexpr Activation(const Pointwise& function) : pointwise(function) {}
    template <class Layer>
        requires std::is_same_v<std::bool_constant<Layer::pointwise.affine>, std::false_type>   // not BatchNorm
    constexpr Activation(Layer) : pointwise(Layer::pointwise) {}
};

/// What becomes of a sum in real units: y = activation(fma(sum, scale, bias)), or activation(sum) without both. Codes are those
/// of y, and the lowest one of NaN.
struct Epilogue {
    VectorView<const float> scale{};   ///< one an output; empty: 1
    VectorView<const float> bias{};    ///< one an output; empty: 0
    Activation activation{};
    VectorView<const float> positive_slope{};   ///< one an output, of activations that learn them
    VectorView<const float> negative_slope{};
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Numbers are given for all outputs or for none; slopes where the activation learns them.
AQUATINT_INLINE constexpr Error epilogue_disagrees(const Epilogue& epilogue, Size outputs) {
    const Pointwise& function = epilogue.activation.pointwise;
    constexpr const char* rule = "an epilogue has one number for each output";
    if (const Error e = counts_differ(rule, "scale", epilogue.scale.size == 0 ? 0 : outputs, epilogue.scale.size)) return e;
    if (const Error e = counts_differ(rule, "bias", epilogue.bias.size == 0 ? 0 : outputs, epilogue.bias.size)) return e;
    const Size positive = function.positive_slope ? outputs : 0, negative = function.negative_slope ? outputs : 0;
    if (const Error e = counts_differ(rule, "positive_slope", positive, epilogue.positive_slope.size)) return e;
    return counts_differ(rule, "negative_slope", negative, epilogue.negative_slope.size);
}

/// Finishes sixteen outputs of a pixel at a time and writes them.
template <class Arch, class Values>
struct Finish {
    using Element = typename Values::Element;
    using Reader = typename Values::Reader;
    static constexpr bool coded = !std::is_same_v<Reader, Real>;

    Values to;
    const Epilogue& epilogue;
    Size first = 0, count = 0;
    RealActivation activation{};
    alignas(32) float scales[panel_outputs];   // no initial values from here on: for a small product they would take long
    alignas(32) float biases[panel_outputs];
    alignas(32) float positive_slopes[panel_outputs];   ///< only where the activation has slopes
    alignas(32) float negative_slopes[panel_outputs];
    alignas(32) float inverses[panel_outputs];   ///< of a step of the codes

    constexpr Finish(const Values& outputs, const Epilogue& given) : to(outputs), epilogue(given) {}

    template <class Sums>
    constexpr void begin_panel(const Sums& sums) {
        take_panel(sums);
    }
    /// The same, where what the caller knows of the panel shall be constants: for a single row, more would be lost than is computed.
    template <class Sums>
    AQUATINT_INLINE constexpr void take_panel(const Sums& sums) {
        first = sums.first;
        count = sums.count;
        const Pointwise& function = epilogue.activation.pointwise;
        constexpr float infinity = std::bit_cast<float>(0x7f800000u);
        const bool sloped = function.positive_slope || function.negative_slope || function.fixed_negative_slope != 1.0f;
        activation = {positive_slopes, sloped ? negative_slopes : nullptr, function.bounded_below() ? function.low : -infinity,
                      function.bounded_above() ? function.high : infinity};
        for (Size output = 0; output < panel_outputs; ++output) scales[output] = output < count ? sums.unit(output) : 0.0f;
        if (epilogue.scale.size != 0)
            for (Size output = 0; output < count; ++output) scales[output] *= epilogue.scale[first + output];
        take(epilogue.bias, 0, biases);
        if (sloped) {
            take(epilogue.positive_slope, 1, positive_slopes);
            take(epilogue.negative_slope, function.fixed_negative_slope, negative_slopes);
        }
        if constexpr (coded && requires { to.levels.scale; }) fill(inverses, panel_outputs, 1.0f / to.levels.scale);
    }
    template <class Number>
    AQUATINT_INLINE constexpr void write(Size row, Size column, const Number* sums) const {
        Element* target = to.grid.at(row, column) + first;
        if constexpr (std::is_same_v<Element, Number> && std::is_same_v<Number, Int32>) {
            store(sums, target);
        } else {
            alignas(32) float values[panel_outputs]{};
            if constexpr (std::is_same_v<Number, Int32>) Chosen<ToReal, Arch>::run(sums, scales, biases, values);
            else rescale(sums, values);
            if (epilogue.activation.pointwise.activation()) Chosen<Activate, Arch>::run(values, activation, values);
            if constexpr (coded) encode(values, target);
            else store(values, target);
        }
    }

private:
    /// The numbers of these outputs; the same one for all where there are none.
    constexpr void take(VectorView<const float> numbers, float otherwise, float* own) const {
        fill(own, panel_outputs, otherwise);
        if (numbers.size == 0) return;
        if (count == panel_outputs) copy(numbers.data + first, panel_outputs, own);
        else copy(numbers.data + first, count, own);
    }
    /// A constant count is a store; a call of memcpy would cost more than the rest.
    AQUATINT_INLINE constexpr void store(const Element* from, Element* target) const {
        if (count == panel_outputs) copy(from, panel_outputs, target);
        else copy(from, count, target);
    }
    constexpr void rescale(const float* sums, float* values) const {
        if (epilogue.scale.size == 0 && epilogue.bias.size == 0) return copy(sums, panel_outputs, values);
        for (Size output = 0; output < panel_outputs; ++output)
            values[output] = fused(sums[output], scales[output], biases[output]);
    }
    /// Where all bytes are levels, rounding finds the same code as Reader::encode, sixteen at a time; NaN gives the lowest one.
    constexpr void encode(const float* values, Byte* target) const {
        if constexpr (rounds()) {
            using Level = ByteLevels<Reader>;
            const Int32 zero = Level::zero(to.levels);
            const float low = static_cast<float>(-zero), high = static_cast<float>(Level::highest_byte - zero);
            alignas(16) Byte codes[panel_outputs]{};
            Chosen<QuantizeReal, Arch>::run(values, {inverses, nullptr, low, high, zero}, codes);
            if constexpr (codes_are_bytes<Reader>) store(codes, target);
            else
                for (Size output = 0; output < count; ++output) target[output] = code_of(codes[output]);
        } else {
            for (Size output = 0; output < count; ++output)
                target[output] = static_cast<Byte>(Reader::encode(values[output], to.levels));
        }
    }
    static constexpr bool rounds() {
        if constexpr (ByteReading<Reader>) return ByteLevels<Reader>::linear;
        else return false;
    }
    static constexpr Byte code_of(Byte byte) {
        struct Codes {
            Byte of[256];
        };
        constexpr Codes table = [] {
            Codes codes{};
            for (unsigned code = 0; code < Reader::codes; ++code)
                codes.of[ByteLevels<Reader>::byte(code, {})] = static_cast<Byte>(code);
            return codes;
        }();
        return table.of[byte];
    }
};

}}  // namespace aquatint
