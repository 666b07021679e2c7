// SPDX-License-Identifier: BSL-1.0
// What happens to a tile after its products: bias, shortcut, activation, and the codes or numbers that the readers want.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/copy.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr Size most_outputs = 4;   ///< forms with codes that one step writes

/// A tensor of codes in whole steps, to be written.
struct CodesOutput {
    Byte* data = nullptr;
    Extent extent;
    float scale = 1;    ///< of one step
    Int32 zero = 0;
    int highest = 255;
};
struct RealOutput {
    float* data = nullptr;
    Extent extent;
};
struct Outputs {
    CodesOutput codes[most_outputs];
    Size code_count = 0;
    RealOutput real;
    Size real_count = 0;
};

/// A tensor that is added before the activation: every `stride`-th pixel, its first channel to output channel `channel`.
struct ShortcutInput {
    const Byte* codes = nullptr;    ///< either codes ...
    const float* reals = nullptr;   ///< ... or numbers; neither: no shortcut
    Extent extent;
    Size stride = 1;
    Size channel = 0;
    float scale = 1;
    Int32 zero = 0;

    constexpr bool present() const { return codes != nullptr || reals != nullptr; }
};

/// The learned slopes of an activation, by channel; nullptr where it has none.
struct Slopes {
    const float* positive = nullptr;
    const float* negative = nullptr;
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The shortcut's values for sixteen outputs of a pixel: where they lie, or, where the shortcut does not reach all of these
/// outputs, gathered in `values`, with `nothing_there` for the others. A copy of all sixteen would stall the loads behind it.
template <class Element>
AQUATINT_INLINE constexpr const Element* find_shortcut(const Element* data, const ShortcutInput& shortcut, Size row, Size column,
                                                       Size first, Element nothing_there, Element (&values)[panel_outputs]) {
    const Element* pixel = data + shortcut.extent.at(row * shortcut.stride, column * shortcut.stride);
    const Size channels = shortcut.extent.shape.channels;
    if (first >= shortcut.channel && first + panel_outputs <= shortcut.channel + channels)
        return pixel + (first - shortcut.channel);
    for (Size output = 0; output < panel_outputs; ++output) {
        const Size channel = first + output;
        const bool reached = channel >= shortcut.channel && channel < shortcut.channel + channels;
        values[output] = reached ? pixel[channel - shortcut.channel] : nothing_there;
    }
    return values;
}

template <class Arch>
struct Writer {
    Outputs outputs;
    Pointwise pointwise;
    Slopes slopes;
    Rescale rescale[most_outputs]{};
    alignas(32) float scales[most_outputs][panel_outputs]{};
    alignas(32) float negative_scales[most_outputs][panel_outputs]{};
    alignas(32) float positive_slope[panel_outputs]{};
    alignas(32) float negative_slope[panel_outputs]{};
    Size first = 0, count = 0;
    bool activates = false;
    RealActivation activation{};   ///< of real numbers

    constexpr bool sloped() const { return pointwise.negative_slope || pointwise.fixed_negative_slope != 1.0f; }

    /// For the outputs `first_output` ...: `units[16]` is what one accumulator unit means. Where that is negative, the slopes change
    /// sides: routines look at the accumulator's sign.
    constexpr void begin_panel(Size first_output, Size output_count, const float* units) {
        first = first_output;
        count = output_count;
        activates = pointwise.activation();
        activation = {positive_slope, sloped() ? negative_slope : nullptr, pointwise.low, pointwise.high};
        if (sloped() || pointwise.positive_slope) {
            fill(positive_slope, panel_outputs, 1.0f);
            fill(negative_slope, panel_outputs, pointwise.fixed_negative_slope);
            if (slopes.positive != nullptr) copy(slopes.positive + first, count, positive_slope);
            if (slopes.negative != nullptr) copy(slopes.negative + first, count, negative_slope);
        }
        for (Size i = 0; i < outputs.code_count; ++i) {
            const CodesOutput& out = outputs.codes[i];
            const float inverse = 1.0f / out.scale;
            for (Size output = 0; output < panel_outputs; ++output) {
                const float scale = units[output] * inverse;
                const bool swapped = sloped() && scale < 0;
                scales[i][output] = scale;
                if (!sloped() && !pointwise.positive_slope) continue;
                scales[i][output] = scale * (swapped ? negative_slope : positive_slope)[output];
                negative_scales[i][output] = scale * (swapped ? positive_slope : negative_slope)[output];
            }
            const float lowest = static_cast<float>(-out.zero), highest = static_cast<float>(out.highest - out.zero);
            rescale[i] = {scales[i], sloped() ? negative_scales[i] : nullptr,
                          pointwise.bounded_below() ? most(lowest, pointwise.low * inverse) : lowest,
                          pointwise.bounded_above() ? least(highest, pointwise.high * inverse) : highest, out.zero};
        }
    }
    template <class Element>
    AQUATINT_INLINE constexpr void store(const Element* values, Element* to) const {
        if (count == panel_outputs) copy(values, panel_outputs, to);   // a length that the compiler knows
        else copy(values, count, to);
    }
    /// From accumulators, bias and shortcut already in them.
    AQUATINT_INLINE constexpr void write_codes(Size row, Size column, const Int32* sums) const {
        for (Size i = 0; i < outputs.code_count; ++i) write_rescaled<Requantize>(i, row, column, sums);
    }
    /// From real numbers; `units` were 1, so the scales hold the reciprocal of the step and the slopes.
    AQUATINT_INLINE constexpr void write_codes(Size row, Size column, const float* values) const {
        for (Size i = 0; i < outputs.code_count; ++i) write_rescaled<QuantizeReal>(i, row, column, values);
    }
    template <class Operation, class Number>
    AQUATINT_INLINE constexpr void write_rescaled(Size i, Size row, Size column, const Number* numbers) const {
        alignas(16) Byte codes[panel_outputs];
        if (std::is_constant_evaluated()) fill(codes, panel_outputs, Byte(0));
        Chosen<Operation, Arch>::run(numbers, rescale[i], codes);
        store(codes, outputs.codes[i].data + outputs.codes[i].extent.at(row, column) + first);
    }
    AQUATINT_INLINE constexpr void write_real(Size row, Size column, float* values) const {
        if (outputs.real_count == 0) return;
        float* to = outputs.real.data + outputs.real.extent.at(row, column) + first;
        if (!activates) return store(values, to);
        if (count == panel_outputs) return Chosen<Activate, Arch>::run(values, activation, to);
        Chosen<Activate, Arch>::run(values, activation, values);
        copy(values, count, to);
    }
};

/// Accumulators stay integers until they are codes: bias and shortcut are added as integers, one multiplication requantizes.
template <class Arch>
struct IntegerEpilogue {
    Writer<Arch> writer;
    ShortcutInput shortcut;
    const Int32* bias = nullptr;
    unsigned shift = 0;    ///< fractional bits that the accumulator's bound leaves to the bias
    alignas(32) Int32 biases[panel_outputs]{};
    alignas(32) float units[panel_outputs]{};
    alignas(32) float shortcut_scales[panel_outputs]{};

    /// `panel_units`: real value of one accumulator unit, before the shift.
    constexpr void begin_panel(Size first, Size count, const float* panel_units) {
        const float fraction = 1.0f / static_cast<float>(1 << shift);
        for (Size output = 0; output < panel_outputs; ++output) units[output] = panel_units[output] * fraction;
        if (count == panel_outputs) copy(bias + first, panel_outputs, biases);
        else copy(bias + first, count, biases);
        if (shortcut.codes != nullptr)
            for (Size output = 0; output < panel_outputs; ++output) shortcut_scales[output] = shortcut.scale / units[output];
        writer.begin_panel(first, count, units);
    }
    AQUATINT_INLINE constexpr void write(Size row, Size column, Int32* sums) {
        Chosen<AddBias, Arch>::run(sums, biases, shift);
        if (shortcut.codes != nullptr) {
            Byte gathered[panel_outputs];
            const auto none = static_cast<Byte>(shortcut.zero);
            const Byte* codes = find_shortcut(shortcut.codes, shortcut, row, column, writer.first, none, gathered);
            Chosen<AddShortcut, Arch>::run(sums, codes, shortcut.zero, shortcut_scales);
        }
        writer.write_codes(row, column, sums);
        if (writer.outputs.real_count != 0) {
            constexpr float none[panel_outputs]{};
            alignas(32) float values[panel_outputs];
            Chosen<ToReal, Arch>::run(sums, units, none, values);
            writer.write_real(row, column, values);
        }
    }
};

/// Sums are real numbers: the shortcut is added, then codes are found by rounding.
template <class Arch>
struct RealEpilogue {
    Writer<Arch> writer;
    ShortcutInput shortcut;

    constexpr void begin_panel(Size first, Size count) {
        float ones[panel_outputs]{};
        fill(ones, panel_outputs, 1.0f);
        writer.begin_panel(first, count, ones);
    }
    AQUATINT_INLINE constexpr void write(Size row, Size column, float* values) {
        if (shortcut.reals != nullptr) {
            float gathered[panel_outputs];
            Chosen<AddReal, Arch>::run(values, find_shortcut(shortcut.reals, shortcut, row, column, writer.first, 0.0f, gathered));
        } else if (shortcut.codes != nullptr) {
            Byte gathered[panel_outputs];
            const auto none = static_cast<Byte>(shortcut.zero);
            const Byte* codes = find_shortcut(shortcut.codes, shortcut, row, column, writer.first, none, gathered);
            for (Size output = 0; output < panel_outputs; ++output)
                values[output] = fused(static_cast<float>(codes[output] - shortcut.zero), shortcut.scale, values[output]);
        }
        writer.write_codes(row, column, values);
        writer.write_real(row, column, values);
    }
};

/// Sums of an integer product that meet a real shortcut: they become real numbers with the bias, then the real epilogue takes over.
template <class Arch>
struct MixedEpilogue {
    RealEpilogue<Arch> real;
    const Int32* bias = nullptr;
    unsigned shift = 0;
    alignas(32) Int32 biases[panel_outputs]{};
    alignas(32) float units[panel_outputs]{};

    constexpr void begin_panel(Size first, Size count, const float* panel_units) {
        const float fraction = 1.0f / static_cast<float>(1 << shift);
        for (Size output = 0; output < panel_outputs; ++output) {
            units[output] = panel_units[output] * fraction;
            biases[output] = output < count ? bias[first + output] : 0;
        }
        real.begin_panel(first, count);
    }
    AQUATINT_INLINE constexpr void write(Size row, Size column, Int32* sums) {
        constexpr float none[panel_outputs]{};
        alignas(32) float values[panel_outputs];
        Chosen<AddBias, Arch>::run(sums, biases, shift);
        Chosen<ToReal, Arch>::run(sums, units, none, values);
        real.write(row, column, values);
    }
};

}}  // namespace aquatint
