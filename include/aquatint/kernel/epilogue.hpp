// SPDX-License-Identifier: BSL-1.0
// What happens to a tile after its products: bias, shortcut, activation, and the codes or numbers that the readers want.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/copy.hpp>
#include <aquatint/kernel/tiles.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr Size most_code_forms = 4;   ///< forms with codes that one step writes

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
    CodesOutput codes[most_code_forms];
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

/// The slopes of `count` outputs from `first` on, of `all` that there is room for: 1 and the fixed one where none are learned.
AQUATINT_INLINE constexpr void find_slopes(const Pointwise& pointwise, const Slopes& learned, Size first, Size count, Size all,
                                           float* positive, float* negative) {
    if (!pointwise.has_slopes()) return;
    fill(positive, all, 1.0f);
    fill(negative, all, pointwise.fixed_negative_slope);
    if (learned.positive != nullptr) copy(learned.positive + first, count, positive);
    if (learned.negative != nullptr) copy(learned.negative + first, count, negative);
}
/// How accumulators of which one means `units[output]` become codes; writes the scales of `count` outputs. Where a unit is
/// negative, the slopes change sides: routines look at the accumulator's sign.
AQUATINT_INLINE constexpr Rescale rescale_of(const CodesOutput& out, const Pointwise& pointwise, const Slopes& slopes,
                                             const float* units, Size count, float* scales, float* negative_scales) {
    const float inverse = 1.0f / out.scale;
    for (Size output = 0; output < count; ++output) scales[output] = units[output] * inverse;
    if (pointwise.has_slopes())
        for (Size output = 0; output < count; ++output) {
            const float scale = scales[output];
            const bool swapped = pointwise.sloped() && scale < 0;
            scales[output] = scale * (swapped ? slopes.negative : slopes.positive)[output];
            negative_scales[output] = scale * (swapped ? slopes.positive : slopes.negative)[output];
        }
    const float lowest = static_cast<float>(-out.zero), highest = static_cast<float>(out.highest - out.zero);
    const auto bound = [&](float value) AQUATINT_ALWAYS { return least(most(value * inverse, lowest), highest); };
    return {scales, pointwise.sloped() ? negative_scales : nullptr, pointwise.bounded_below() ? bound(pointwise.low) : lowest,
            pointwise.bounded_above() ? bound(pointwise.high) : highest, out.zero};
}

/// The shortcut's values for the outputs of a panel: where they lie, or, where the shortcut does not reach all of these outputs,
/// gathered, with `nothing_there` for the others.
template <class Element>
struct ShortcutPanel {
    Size lane = 0, reached = 0;   ///< outputs of the panel that have a channel of the shortcut
    Size channel = 0;             ///< of the first of them
    Size pitch = 0;               ///< from a pixel's values to its neighbour's
    alignas(32) Element gathered[strip_pixels][panel_outputs];   // no initial values: most shortcuts do without them

    constexpr ShortcutPanel() {}
    constexpr void begin_panel(const ShortcutInput& shortcut, Size first, Element nothing_there) {
        const Size channels = shortcut.extent.shape.channels, after = shortcut.channel + channels;
        lane = shortcut.channel > first ? least(shortcut.channel - first, panel_outputs) : 0;
        const Size end = after > first ? least(after - first, panel_outputs) : 0;
        reached = end > lane ? end - lane : 0;
        channel = reached == 0 ? 0 : first + lane - shortcut.channel;
        pitch = reached == panel_outputs ? shortcut.stride * channels : panel_outputs;
        if (reached == panel_outputs) return;
        for (auto& pixel : gathered) fill(pixel, panel_outputs, nothing_there);
    }
    /// Of `pixels` neighbours in a row.
    constexpr const Element* find(const Element* data, const ShortcutInput& shortcut, Size row, Size column, Size pixels) {
        if (reached == 0) return gathered[0];
        const Element* from = data + shortcut.extent.at(row * shortcut.stride, column * shortcut.stride) + channel;
        if (reached == panel_outputs) return from;
        const Size apart = shortcut.stride * shortcut.extent.shape.channels;
        for (Size pixel = 0; pixel < pixels; ++pixel, from += apart) {
            if (reached == panel_outputs / 2)
                copy(from, panel_outputs / 2, gathered[pixel] + lane);   // the usual length, a store
            else copy(from, reached, gathered[pixel] + lane);
        }
        return gathered[0];
    }
};

template <class Arch>
struct Writer {
    Outputs outputs;
    Pointwise pointwise;
    Slopes slopes;
    Rescale rescale[most_code_forms]{};
    alignas(32) float scales[most_code_forms][panel_outputs]{};
    alignas(32) float negative_scales[most_code_forms][panel_outputs]{};
    alignas(32) float positive_slope[panel_outputs]{};
    alignas(32) float negative_slope[panel_outputs]{};
    Size first = 0, count = 0;
    bool activates = false;
    RealActivation activation{};   ///< of real numbers

    /// For the outputs `first_output` ...: `units[16]` is what one accumulator unit means.
    constexpr void begin_panel(Size first_output, Size output_count, const float* units) {
        first = first_output;
        count = output_count;
        activates = pointwise.activation();
        activation = {positive_slope, pointwise.sloped() ? negative_slope : nullptr, pointwise.low, pointwise.high};
        find_slopes(pointwise, slopes, first, count, panel_outputs, positive_slope, negative_slope);
        for (Size i = 0; i < outputs.code_count; ++i)
            rescale[i] = rescale_of(outputs.codes[i], pointwise, {positive_slope, negative_slope}, units, panel_outputs,
                                    scales[i], negative_scales[i]);
    }
    template <class Element>
    AQUATINT_INLINE constexpr void store(const Element* values, Element* to) const {
        if (count == panel_outputs) copy(values, panel_outputs, to);   // a length that the compiler knows
        else copy(values, count, to);
    }
    /// From accumulators, bias and shortcut already in them.
    constexpr void write_codes(Size row, Size column, Size pixels, const Int32 (*sums)[panel_outputs]) const {
        for (Size i = 0; i < outputs.code_count; ++i) write_rescaled<Requantize>(i, row, column, pixels, sums);
    }
    /// From real numbers; `units` were 1, so the scales hold the reciprocal of the step and the slopes.
    constexpr void write_codes(Size row, Size column, Size pixels, const float (*values)[panel_outputs]) const {
        for (Size i = 0; i < outputs.code_count; ++i) write_rescaled<QuantizeReal>(i, row, column, pixels, values);
    }
    template <class Operation, class Number>
    constexpr void write_rescaled(Size i, Size row, Size column, Size pixels, const Number (*numbers)[panel_outputs]) const {
        using Own = Chosen<Operation, Arch>;
        const CodesOutput& out = outputs.codes[i];
        const Size pitch = out.extent.shape.channels;
        Byte* to = out.data + out.extent.at(row, column) + first;
        if constexpr (requires { Own::run_strip(numbers, pixels, rescale[i], to, pitch); })
            if (count == panel_outputs) return Own::run_strip(numbers, pixels, rescale[i], to, pitch);
        for (Size pixel = 0; pixel < pixels; ++pixel, to += pitch) {
            alignas(16) Byte codes[panel_outputs]{};
            Own::run(numbers[pixel], rescale[i], codes);
            store(codes, to);
        }
    }
    /// `numbers_of(pixel, scratch)` says where the sixteen numbers of a pixel are; those in
    /// its scratch need not leave the registers.
    template <class NumbersOf>
    AQUATINT_INLINE constexpr void write_real(Size row, Size column, Size pixels, NumbersOf&& numbers_of) const {
        if (outputs.real_count == 0) return;
        const RealActivation own = activation;
        const Size pitch = outputs.real.extent.shape.channels;
        float* to = outputs.real.data + outputs.real.extent.at(row, column) + first;
        if (activates && count == panel_outputs) {
            for (Size pixel = 0; pixel < pixels; ++pixel, to += pitch) {
                alignas(32) float scratch[panel_outputs];
                Chosen<Activate, Arch>::run(numbers_of(pixel, scratch), own, to);
            }
            return;
        }
        for (Size pixel = 0; pixel < pixels; ++pixel, to += pitch) {
            alignas(32) float scratch[panel_outputs], active[panel_outputs];
            const float* numbers = numbers_of(pixel, scratch);
            if (activates) Chosen<Activate, Arch>::run(numbers, own, active);
            store(activates ? active : numbers, to);
        }
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
    ShortcutPanel<Byte> shortcut_codes{};

    /// `panel_units`: real value of one accumulator unit, before the shift.
    constexpr void begin_panel(Size first, Size count, const float* panel_units) {
        const float fraction = 1.0f / static_cast<float>(1 << shift);
        for (Size output = 0; output < panel_outputs; ++output) units[output] = panel_units[output] * fraction;
        if (count == panel_outputs) copy(bias + first, panel_outputs, biases);
        else copy(bias + first, count, biases);
        if (shortcut.codes != nullptr) {
            for (Size output = 0; output < panel_outputs; ++output) shortcut_scales[output] = shortcut.scale / units[output];
            shortcut_codes.begin_panel(shortcut, first, static_cast<Byte>(shortcut.zero));
        }
        writer.begin_panel(first, count, units);
    }
    /// The sums of `pixels` neighbours in a row, at most `strip_pixels`; they are used up.
    constexpr void write(Size row, Size column, Size pixels, Int32 (*sums)[panel_outputs]) {
        const unsigned bits = shift;   // these are the strip's own: no store may change them
        const auto real = [&](Size pixel, float* values) AQUATINT_ALWAYS {
            constexpr float none[panel_outputs]{};
            Chosen<ToReal, Arch>::run(sums[pixel], units, none, values);
            return values;
        };
        if (shortcut.codes == nullptr && writer.outputs.code_count == 0)   // once through the strip is enough
            return writer.write_real(row, column, pixels, [&](Size pixel, float* values) AQUATINT_ALWAYS {
                Chosen<AddBias, Arch>::run(sums[pixel], biases, bits);
                return real(pixel, values);
            });
        if (shortcut.codes == nullptr) {
            for (Size pixel = 0; pixel < pixels; ++pixel) Chosen<AddBias, Arch>::run(sums[pixel], biases, bits);
        } else {
            const Byte* codes = shortcut_codes.find(shortcut.codes, shortcut, row, column, pixels);
            const Size pitch = shortcut_codes.pitch;
            const Int32 zero = shortcut.zero;
            for (Size pixel = 0; pixel < pixels; ++pixel, codes += pitch) {
                Chosen<AddBias, Arch>::run(sums[pixel], biases, bits);
                Chosen<AddShortcut, Arch>::run(sums[pixel], codes, zero, shortcut_scales);
            }
        }
        if (writer.outputs.code_count != 0) writer.write_codes(row, column, pixels, sums);
        writer.write_real(row, column, pixels, real);
    }
};

/// Sums are real numbers: the shortcut is added, then codes are found by rounding.
template <class Arch>
struct RealEpilogue {
    Writer<Arch> writer;
    ShortcutInput shortcut;

    ShortcutPanel<float> shortcut_reals{};
    ShortcutPanel<Byte> shortcut_codes{};

    constexpr void begin_panel(Size first, Size count) {
        float ones[panel_outputs]{};
        fill(ones, panel_outputs, 1.0f);
        writer.begin_panel(first, count, ones);
        if (shortcut.reals != nullptr) shortcut_reals.begin_panel(shortcut, first, 0.0f);
        else if (shortcut.codes != nullptr) shortcut_codes.begin_panel(shortcut, first, static_cast<Byte>(shortcut.zero));
    }
    /// The sums of `pixels` neighbours in a row, at most `strip_pixels`; they are used up.
    constexpr void write(Size row, Size column, Size pixels, float (*values)[panel_outputs]) {
        if (shortcut.reals != nullptr) {
            const float* numbers = shortcut_reals.find(shortcut.reals, shortcut, row, column, pixels);
            for (Size pixel = 0; pixel < pixels; ++pixel, numbers += shortcut_reals.pitch)
                Chosen<AddReal, Arch>::run(values[pixel], numbers);
        } else if (shortcut.codes != nullptr) {
            const Byte* codes = shortcut_codes.find(shortcut.codes, shortcut, row, column, pixels);
            for (Size pixel = 0; pixel < pixels; ++pixel, codes += shortcut_codes.pitch)
                for (Size output = 0; output < panel_outputs; ++output)
                    values[pixel][output] =
                        fused(static_cast<float>(codes[output] - shortcut.zero), shortcut.scale, values[pixel][output]);
        }
        writer.write_codes(row, column, pixels, values);
        writer.write_real(row, column, pixels, [&](Size pixel, float*) AQUATINT_ALWAYS { return values[pixel]; });
    }
    /// The same; `make(pixel, values)` gives the sums of a pixel. Where numbers are all that is written, they stay in registers.
    template <class Make>
    AQUATINT_INLINE constexpr void write_made(Size row, Size column, Size pixels, Make&& make) {
        if (writer.outputs.code_count != 0 || shortcut.codes != nullptr) {
            Tile<float, strip_pixels> values;
            for (Size pixel = 0; pixel < pixels; ++pixel) make(pixel, values.value[pixel]);
            return write(row, column, pixels, values.value);
        }
        const bool added = shortcut.reals != nullptr;
        const float* const more = added ? shortcut_reals.find(shortcut.reals, shortcut, row, column, pixels) : nullptr;
        const Size pitch = shortcut_reals.pitch;
        writer.write_real(row, column, pixels, [=, &make](Size pixel, float* values) AQUATINT_ALWAYS {
            make(pixel, values);
            if (added) Chosen<AddReal, Arch>::run(values, more + pixel * pitch);
            return values;
        });
    }
};

/// Sums of an integer product that meet a real shortcut: they become real numbers with the
/// bias, then the real epilogue takes over.
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
    constexpr void write(Size row, Size column, Size pixels, Int32 (*sums)[panel_outputs]) {
        constexpr float none[panel_outputs]{};
        real.write_made(row, column, pixels, [&](Size pixel, float* values) AQUATINT_ALWAYS {
            Chosen<AddBias, Arch>::run(sums[pixel], biases, shift);
            Chosen<ToReal, Arch>::run(sums[pixel], units, none, values);
        });
    }
};

}}  // namespace aquatint
