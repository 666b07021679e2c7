// SPDX-License-Identifier: BSL-1.0
// The epilogue of a product as an argument: scale, bias, activation; then numbers, codes, or the sums as they are.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/base/error.hpp>
#include <aquatint/kernel/copy.hpp>
#include <aquatint/kernel/numbers.hpp>
#include <aquatint/kernel/tiles.hpp>
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

/// Numbers to what is written: themselves, or the codes of their levels, sixteen outputs at a time.
template <class Arch, class Values>
struct NumberWriter {
    using Element = typename Values::Element;
    using Reader = typename Values::Reader;
    using Levels = typename Reader::Levels;
    static constexpr bool coded = !std::is_same_v<Reader, Real>;
    static constexpr bool rounds = [] {   // finds the same code as Reader::encode, sixteen at a time, where all bytes are levels
        if constexpr (ByteReading<Reader>) return ByteLevels<Reader>::linear;
        else return false;
    }();
    static constexpr bool rounds_to_codes = [] {
        if constexpr (rounds) return codes_are_bytes<Reader>;
        else return false;
    }();

    Levels levels;
    float inverse = 1;   ///< of a step of the codes

    AQUATINT_INLINE constexpr explicit NumberWriter(const Values& to) : levels(to.levels) {
        if constexpr (coded && requires { levels.scale; }) inverse = 1.0f / levels.scale;
    }
    /// The first `count` of sixteen. A constant count is a store; a call of memcpy would cost more than the rest.
    template <class Number>
    AQUATINT_INLINE static constexpr void store(const Number* from, Size count, Number* target) {
        if (count == panel_outputs) copy(from, panel_outputs, target);
        else copy(from, count, target);
    }
    AQUATINT_INLINE constexpr void write(const float* values, Size count, Element* target) const {
        if constexpr (!coded) {
            store(values, count, target);
        } else if constexpr (rounds) {
            alignas(16) Byte codes[panel_outputs]{};
            alignas(32) float inverses[panel_outputs];
            Chosen<QuantizeReal, Arch>::run(values, rescale(inverses, panel_outputs), codes);
            if constexpr (rounds_to_codes) store(codes, count, target);
            else
                for (Size output = 0; output < count; ++output) target[output] = code_of(codes[output]);
        } else {
            for (Size output = 0; output < count; ++output)
                target[output] = static_cast<Byte>(Reader::encode(values[output], levels));
        }
    }
    /// Of some pixels, whose elements are `pitch` apart.
    AQUATINT_INLINE constexpr void write_strip(const float (*values)[panel_outputs], Size pixels, Size count, Element* target,
                                               Size pitch) const {
        if constexpr (rounds_to_codes && requires { Chosen<QuantizeReal, Arch>::run_strip; })
            if (pixels > 1 && count == panel_outputs) {
                alignas(32) float inverses[panel_outputs];
                return Chosen<QuantizeReal, Arch>::run_strip(values, pixels, rescale(inverses, panel_outputs), target, pitch);
            }
        for (Size pixel = 0; pixel < pixels; ++pixel, target += pitch) write(values[pixel], count, target);
    }
    /// Neighbouring panels, all of them full.
    template <Size Panels>
    AQUATINT_INLINE constexpr void write_panels(const float (*values)[panel_outputs], Element* target) const {
        if constexpr (rounds_to_codes && requires { Chosen<QuantizeReal, Arch>::template run_panels<Panels>; }) {
            alignas(32) float inverses[Panels * panel_outputs];
            Chosen<QuantizeReal, Arch>::template run_panels<Panels>(values, rescale(inverses, Panels * panel_outputs), target);
        } else {
            for (Size panel = 0; panel < Panels; ++panel) write(values[panel], panel_outputs, target + panel * panel_outputs);
        }
    }

private:
    /// NaN gives the lowest code.
    AQUATINT_INLINE constexpr Rescale rescale(float* inverses, Size count) const {
        using Level = ByteLevels<Reader>;
        const Int32 zero = Level::zero(levels);
        fill(inverses, count, inverse);
        return {inverses, nullptr, static_cast<float>(-zero), static_cast<float>(Level::highest_byte - zero), zero};
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

/// Memory for the numbers of a panel that do not lie ready.
struct PanelScratch {   // no initial values: for a small product they would take long
    alignas(32) float scales[panel_outputs];
    alignas(32) float biases[panel_outputs];
    alignas(32) float positive_slopes[panel_outputs];
    alignas(32) float negative_slopes[panel_outputs];
};

/// The epilogue of a panel's sixteen outputs: where their numbers lie. Those of the caller are read where he has them, unless the
/// panel is not full.
template <class Arch>
struct PanelEpilogue {
    Size first = 0, count = 0;
    const float* scales = nullptr;
    const float* biases = nullptr;
    RealActivation activation{};
    bool activates = false, rescales = false;

    constexpr PanelEpilogue() = default;
    template <class Sums>
    AQUATINT_INLINE constexpr PanelEpilogue(const Epilogue& epilogue, const Sums& sums, PanelScratch& scratch)
        : first(sums.first), count(sums.count) {
        const Pointwise& function = epilogue.activation.pointwise;
        constexpr float infinity = std::bit_cast<float>(0x7f800000u);
        activates = function.activation();
        rescales = epilogue.scale.size != 0 || epilogue.bias.size != 0;
        for (Size output = 0; output < panel_outputs; ++output)
            scratch.scales[output] = output < count ? sums.unit(output) : 0.0f;
        if (epilogue.scale.size != 0)
            for (Size output = 0; output < count; ++output) scratch.scales[output] *= epilogue.scale[first + output];
        scales = scratch.scales;
        biases = numbers(epilogue.bias, 0, scratch.biases);
        activation.low = function.bounded_below() ? function.low : -infinity;
        activation.high = function.bounded_above() ? function.high : infinity;
        if (function.has_slopes()) {
            activation.positive = numbers(epilogue.positive_slope, 1, scratch.positive_slopes);
            activation.negative = numbers(epilogue.negative_slope, function.fixed_negative_slope, scratch.negative_slopes);
        }
    }
    /// What becomes of the sums of a pixel.
    template <class Number>
    AQUATINT_INLINE constexpr void finish(const Number* sums, float* values) const {
        if constexpr (std::is_same_v<Number, Int32>) Chosen<ToReal, Arch>::run(sums, scales, biases, values);
        else if (!rescales) copy(sums, panel_outputs, values);
        else
            for (Size output = 0; output < panel_outputs; ++output)
                values[output] = fused(sums[output], scales[output], biases[output]);
        if (activates) Chosen<Activate, Arch>::run(values, activation, values);
    }

private:
    /// The numbers of these outputs; the same one for all where there are none.
    AQUATINT_INLINE constexpr const float* numbers(VectorView<const float> all, float otherwise, float* own) const {
        if (all.size != 0 && count == panel_outputs) return all.data + first;
        fill(own, panel_outputs, otherwise);
        if (all.size != 0) copy(all.data + first, count, own);
        return own;
    }
};

/// Finishes all outputs, panel by panel, and writes them.
template <class Arch, class Values>
struct Finish {
    using Element = typename Values::Element;

    Values to;
    const Epilogue& epilogue;
    NumberWriter<Arch, Values> writer;
    PanelEpilogue<Arch> panel{};
    PanelScratch scratch;

    constexpr Finish(const Values& outputs, const Epilogue& given) : to(outputs), epilogue(given), writer(outputs) {}

    template <class Sums>
    constexpr void begin_panel(const Sums& sums) {
        panel = PanelEpilogue<Arch>(epilogue, sums, scratch);
    }
    /// Of at most `strip_pixels` neighbours in a row.
    template <class Number>
    AQUATINT_INLINE constexpr void write(Size row, Size column, Size pixels, const Number (*sums)[panel_outputs]) const {
        Element* target = to.grid.at(row, column) + panel.first;
        const Size pitch = to.grid.column_pitch;
        if constexpr (std::is_same_v<Element, Number> && std::is_same_v<Number, Int32>) {
            for (Size pixel = 0; pixel < pixels; ++pixel, target += pitch) writer.store(sums[pixel], panel.count, target);
        } else {
            Tile<float, strip_pixels> values;   // no initial values: for a small product they would take long
            for (Size pixel = 0; pixel < pixels; ++pixel) panel.finish(sums[pixel], values.value[pixel]);
            writer.write_strip(values.value, pixels, panel.count, target, pitch);
        }
    }
};

}}  // namespace aquatint
