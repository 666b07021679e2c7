// SPDX-License-Identifier: BSL-1.0
// The operations that a processor may carry out in its own way, and the contract of each.
//
// Most of them work on a tile: `tile_pixels` pixels, of lookups up to twice as many, of real numbers up to
// `real_tile_pixels<Arch>`, of products of bytes up to `dot_tile_pixels<Arch>`, by one panel of 16 outputs, a lane an output.
// Sums are exact, so routines of all processors agree bit for bit.
#pragma once

#include <aquatint/pack/bits.hpp>
#include <aquatint/pack/cells.hpp>
#include <aquatint/policy/readings.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr Size tile_pixels = 4;
/// A processor may take more, beside its DotTile.
template <class Arch>
inline constexpr Size dot_tile_pixels = tile_pixels;
/// Twelve accumulators on AVX2: a fused multiply-add has four cycles to wait. A processor may say otherwise beside its RealTile.
template <class Arch>
inline constexpr Size real_tile_pixels = 6;

/// What lies under the kernel of one output pixel, in elements of the input: `rows` by `columns` runs of `run` elements.
struct Window {
    Size rows = 1;
    Size row_pitch = 0;
    Size columns = 1;
    Size column_pitch = 0;
    Size run = 0;
    /// Elements at the beginning of every run that are zero for the first pixel of a tile, and at its end for the last
    /// one, in whole cells: a routine may leave them out.
    Size first_outside = 0, last_outside = 0;

    constexpr Segments segments() const { return {rows * columns, run}; }
};

template <class Number, Size Pixels = tile_pixels>
struct Tile {
    alignas(64) Number value[Pixels][panel_outputs];
};
using SumRows = Int32 (*)[panel_outputs];   ///< a row a pixel

/// Packed codes of one panel -> digits of one term, as bytes in the order of the byte vectors:
/// digit [cell][16 outputs][4 inputs].
///     run(const Byte* panel, CellOrder order, const Int8* zeros, Int8* digits)
/// `zeros[16]` is subtracted, an output's own (zero points); the difference fits a byte. May be nullptr for none. Padding inputs
/// get arbitrary digits: the caller clears them where they are not zero by themselves.
template <Integral Reader, unsigned Term>
struct DecodeDigits {};

/// Digits as bytes -> digits as 16-bit numbers, for products whose pairs do not fit 16 bits: [cell][even, odd][16 outputs][2],
/// where even holds the inputs 0 and 2 of the cell and odd holds 1 and 3.
///     run(const Int8* digits, Size cells, Int16* wide)
struct WidenDigits {};
constexpr Size wide_place(Size cell, Size output, Size input) {
    return ((cell * 2 + input % 2) * panel_outputs + output) * 2 + input / 2;
}

/// One term of weights that are joined in 16 bits, in the order of WidenDigits: wide += digit * coefficients[output], or, where
/// `start` is given, wide = start[output] + digit * coefficients[output]. Modulo 2^16: only the last sum need fit.
///     run(const Int8* digits, Size cells, const Int16* coefficients, const Int16* start, Int16* wide)
struct JoinDigits {};

/// Digits as real numbers: numbers[input][output] = float(digit - zeros[output]) * scales[output], for 16 outputs.
///     run(const Int8* digits, Size inputs, const Int32* zeros, const float* scales, float* numbers)
/// Digits lie in cells as DecodeDigits leaves them; whole cells are read and written.
struct ScaleDigits {};

/// How many products of two inputs fit 16 bits before they must be widened; 0: not even one.
constexpr unsigned steps_in_16_bits(int largest_input, int largest_weight) {
    const int steps = 32767 / (2 * largest_input * largest_weight);
    return static_cast<unsigned>(least(steps, 256));
}

/// sums[pixel][output] = sum over the window of input * digit, inputs unsigned bytes, `Pixels` of them at once.
///     run(const Digit* panel, const Byte* const* pixels, const Window& window, Int32 (*sums)[16])
/// `Steps`: how many products of two inputs (vpmaddubsw) may be added in 16 bits before they are widened, from the widths, as in
/// `steps_in_16_bits`. 0: not even one, then the panel is `Int16` from WidenDigits or JoinDigits, else `Int8`. A routine with
/// `static constexpr bool any_bytes = true` is right for all bytes whatever `Steps` says; then only JoinDigits makes panels of
/// `Int16`. Inputs up to the next multiple of four past a run are read (and multiplied by zero digits).
template <unsigned Steps, Size Pixels>
struct DotTile {};

/// sums[panel][output] = sum over `cells` whole cells of input * digit: one row of inputs against `Panels` neighbouring panels,
/// whose codes are decoded in registers, for use once.
///     run<Panels>(const Byte* codes, Size panel_bytes, const Byte* inputs, Size cells, Int32 (*sums)[16])
/// Inputs are 0 ... `Largest`. `static constexpr Size panels`: how many share the inputs that are loaded. Always inline: what the
/// caller knows of the shape, the compiler does.
template <Integral Reader, int Largest>
struct DotRow {};
/// How many cells of such products fit 16 bits.
template <Integral Reader, int Largest>
inline constexpr unsigned row_steps =
    steps_in_16_bits(Largest, most(Terms<Reader>::highest_digit, -static_cast<int>(Terms<Reader>::lowest_digit)));
/// Codes that become digits in registers: in one plane, one digit each; those of 8 bits in two's complement.
template <Integral Reader>
inline constexpr bool register_digits = [] {
    using Own = Terms<Reader>;
    if (Own::count > 1 || Own::planes || (Reader::bits & (Reader::bits - 1)) != 0) return false;
    for (unsigned code = 0; code < Reader::codes; ++code)
        if (const int digit = Own::digit(code, 0);
            static_cast<Int8>(digit) != digit || (Reader::bits == 8 && static_cast<Int8>(code) != digit))
            return false;
    return true;
}();
/// Whether it takes them: those of 8 bits by inputs of any width.
template <Integral Reader, int Largest>
inline constexpr bool row_digits = [] {
    if constexpr (!register_digits<Reader> || Terms<Reader>::has_zero) return false;
    else return Reader::bits == 8 || row_steps<Reader, Largest> >= 4 / Reader::bits;
}();

/// Whether every one of some bytes is less than `Codes`.
///     bool run(const Byte* bytes, Size count)
/// Inline where that is little: a single row of inputs must not wait for it.
template <unsigned Codes>
struct BytesBelow {};

/// to[i] = least(from[i], Codes - 1)
///     run(const Byte* from, Size count, Byte* to)
template <unsigned Codes>
struct CopyBelow {};

/// sums[pixel] = sum of its bytes less `less`, for `count` pixels of `channels` bytes that follow each other.
///     run(const Byte* pixels, Size count, Size channels, Int32 less, Int32* sums)
struct PixelSums {};

/// sums[pixel][output] = fma chain over the window in ascending order, starting from what `sums` holds.
///     run(const float* panel /* [input][16] */, const float* const* pixels, const Window& window, float (*sums)[16])
template <Size Pixels>
struct RealTile {};

/// sums[panel][output] = fma chain over `count` inputs in ascending order, starting from what `sums` holds: one row of inputs
/// against `Panels` panels of numbers [input][16].
///     run<Panels>(const float* const* panels, const float* inputs, Size count, float (*sums)[16])
/// `static constexpr Size panels`: how many chains hide the latency of an addition.
struct RealRow {};

/// The same over whole cells of packed codes, which become numbers in registers, for use once: float(digit - zero) * scale.
///     run<Panels>(const Byte* const* panels, const RowLevels<Panels>& levels, const float* inputs, Size cells, float (*sums)[16])
/// The cells of a panel begin a packed vector. For `register_digits`; `panels` as of RealRow.
template <Integral Reader>
struct CodedRow {};
template <Size Panels>
struct RowLevels {   // no initial values: they are written for every group
    alignas(32) float scales[Panels][panel_outputs];
    alignas(32) Int32 zeros[Panels][panel_outputs];   ///< of readers that have zero points
};

/// A kernel that a routine may be compiled for: its size, and how many of its columns neighbouring pixels are apart. 0: any.
struct KernelShape {
    Size rows = 0, columns = 0, stride = 0;
    constexpr bool known() const { return rows != 0; }
    constexpr bool operator==(const KernelShape&) const = default;
};
/// sums[pixel][channel] = sum over the taps of input * weight, for sixteen channels, each under its own kernel, of `pixels`
/// neighbours in a row, whose inputs are `step` elements apart.
///     run(const Int16* weights, const Byte* input, Size pixels, Size step, const Window& window, Size count, Int32 (*sums)[16])
/// Weights are [two rows][column][16 channels][2], see `tap_place`; what they have beside the taps is zero. A window is `rows` by
/// `columns` taps. Where `Shape` is known they are its own, and `step` is `Shape.stride` columns. `count` channels exist, the
/// weights of the others are zero, but sixteen inputs of each tap may be read.
template <KernelShape Shape>
struct DepthwiseRow {};
constexpr Size tap_place(Size row, Size column, Size columns, Size channel) {
    return ((row / 2 * columns + column) * panel_outputs + channel) * 2 + row % 2;
}

/// The pixels that a gradient of weights is summed over: where the inputs of each lie, and the gradients of its outputs.
struct PixelGrid {
    Size rows = 1, columns = 1;
    Size input_row_pitch = 0, input_pitch = 0;
    Size gradient_row_pitch = 0, gradient_pitch = 0;

    /// Calls `action(inputs of a pixel, its gradients)` for all of them, row by row.
    template <class Action>
    AQUATINT_INLINE constexpr void for_each(const float* inputs, const float* gradients, Action&& action) const {
        for (Size row = 0; row < rows; ++row)
            for (Size column = 0; column < columns; ++column)
                action(inputs + row * input_row_pitch + column * input_pitch,
                       gradients + row * gradient_row_pitch + column * gradient_pitch);
    }
};
/// sums[input][output] = fma chain over the grid, row by row, of inputs[input] * gradients[output], starting from what `sums`
/// holds: training's gradient of weights, for `Inputs` neighbouring inputs of 16 outputs.
///     run(const float* inputs, const float* gradients, const PixelGrid& grid, float (*sums)[16])
template <Size Inputs>
struct OuterTile {};

/// How accumulators become the codes of a reader.
struct Rescale {
    const float* scale = nullptr;            ///< [16] accumulator units in steps of the reader's quantizer
    const float* negative_scale = nullptr;   ///< [16] the same for negative accumulators (leaky activations); nullptr: none
    float low = 0;                           ///< clamp, in steps from zero; 0 after a Relu
    float high = 255;
    Int32 zero = 0;                          ///< the zero point; low + zero ... high + zero lies in 0 ... 255
};

/// code[output] = zero + round_even(clamp(float(sum) * scale, low, high)), for 16 outputs.
///     run(const Int32* sums, const Rescale& rescale, Byte* codes)
/// A routine may also do `pixels` of them, one after the other, whose codes are `pitch` bytes apart:
///     run_strip(const Int32 (*sums)[16], Size pixels, const Rescale& rescale, Byte* codes, Size pitch)
/// and neighbouring panels, for which `rescale` has `Panels` times sixteen scales:
///     run_panels<Panels>(const Int32 (*sums)[16], const Rescale& rescale, Byte* codes)
struct Requantize {};

/// The same from real numbers.
///     run(const float* values, const Rescale& rescale, Byte* codes)
///     run_strip(const float (*values)[16], Size pixels, const Rescale& rescale, Byte* codes, Size pitch)
///     run_panels<Panels>(const float (*values)[16], const Rescale& rescale, Byte* codes)
struct QuantizeReal {};

/// sum = sum * 2^shift + bias, for 16 outputs.
///     run(Int32* sums, const Int32* bias, unsigned shift)
struct AddBias {};

/// sum += round_even(clamp(float(code - zero) * scale, -2^30, 2^30)), for 16 outputs: a shortcut's codes in accumulator units.
///     run(Int32* sums, const Byte* codes, Int32 zero, const float* scale)
struct AddShortcut {};

/// An activation on real numbers: slopes by sign (nullptr for none), then a clamp.
struct RealActivation {
    const float* positive = nullptr;   ///< [16], with `negative` or not at all
    const float* negative = nullptr;
    float low = 0, high = 0;
};

/// result = clamp(fma(value > 0 ? value : 0, positive, (value < 0 ? value : 0) * negative), low, high), for 16 outputs; may be
/// done in place.
///     run(const float* values, const RealActivation& activation, float* results)
struct Activate {};

/// byte = 2 where the value is at least (`downward`: at most) `threshold`, else 0; NaN counts
/// as zero; for a multiple of 16 values.
///     run(const float* values, Size count, float threshold, bool downward, Byte* bytes)
struct EncodeSigns {};

/// Uneven levels in ascending order, as the bytes that stand for them: `byte[i]` where `i` of the thresholds lie below a value.
/// Thresholds that no level needs are infinite.
struct ByteThresholds {
    float threshold[15];
    alignas(16) Byte byte[16];
};

/// The byte of a value by `Count` thresholds; NaN counts as zero; for 16 values.
///     run(const float* values, const ByteThresholds& levels, Byte* bytes)
template <unsigned Count>
struct EncodeByThresholds {};

/// value = fma(float(sum), scale, offset), for 16 outputs.
///     run(const Int32* sums, const float* scale, const float* offset, float* values)
struct ToReal {};

/// value = fma(float(sum), scale, fma(total, total_scale, constant)), for 16 outputs: what
/// quantizers with real offsets make of a sum.
///     run(const Int32* sums, const float* scale, float total, const float* total_scale, const float* constant, float* values)
struct ToRealWithTotal {};

/// value += number, for 16 outputs.
///     run(float* values, const float* numbers)
struct AddReal {};

/// What the sums of tables become: sum = start[panel][output] + the planes' sums, each times its coefficient.
struct LookupSums {
    static constexpr Size most_panels = 4;
    /// In magnitude: full bytes of two planes, times them, added twice, fit 16 bits.
    static constexpr int largest_coefficient = 31;
    alignas(32) Int32 start[most_panels][panel_outputs]{};
    Int8 coefficients[2]{};
};
/// sums[panel][pixel][output] = start[panel][output] + sum over the planes of coefficient * (sum over the window's groups of four
/// inputs of table[weights]).
///     run(const Byte* nibbles, const LookupSums& weights, const Tables& tables, const Byte* const* pixels, const Window& window,
///         const SumRows* sums)
/// `Planes` planes of `Panels` panels in `NibbleOrder`, 16, 32 or 64 nibbles for each group. `Tables`,
/// PlacedTables or WrittenTables, says what a pixel is a row of; entries are 0 ... `Largest`. The window
/// counts groups; runs are a multiple of four. A routine with `static constexpr bool leaves_out_columns = true` does not look
/// up what the window says is outside for one of several pixels; others do.
template <class Tables, unsigned Largest, Size Pixels, Size Planes, Size Panels>
struct LookupTile {};

/// As LookupTile for one panel, of one or two planes whose coefficients are an output's own, and inputs that
/// are sums of two bits with a factor each.
struct BasisSums {
    alignas(32) Int32 start[panel_outputs]{};
    Int16 basis[2][panel_outputs]{};   ///< of the planes; magnitudes of an output's sum to at most 32767
    Byte factors[2]{};                 ///< of the inputs' bits; their sum is a byte
};
/// sums[pixel][output] = start[output] - sum over the planes of basis[plane][output] * (sum over the window's groups of
/// factors[0] * (entry % 16) + factors[1] * (entry / 16)), entry = table[weights], modulo 2^32.
///     run(const Byte* nibbles, const BasisSums& weights, const PlacedTables& tables, const Byte* const* pixels,
///         const Window& window, SumRows sums)
/// Both halves of an entry are 0 ... 4.
template <Size Pixels, Size Planes>
struct BasisTile {};

/// Inputs below 4 -> the places of their groups' tables, sixteen inputs a vector. `Shift`:
/// they are below 4 >> Shift, and shifted.
///     run(const Byte* inputs, Size vectors, Byte* places)
template <unsigned Shift>
struct WritePlaces {};

/// Codes of one or two bits, a panel whose runs are whole vectors of sixteen inputs -> its part of the nibbles of `order`.
///     run(const Byte* cells, Size vectors, const NibbleOrder& order, Byte* nibbles)
template <unsigned Bits>
struct CellsToNibbles {};

/// What counts of bits become: sum = start[output] + the weights' planes, each times its coefficient for that output, times the
/// counts of even and of odd halves, each times its factor.
struct CountSums {
    alignas(64) Int32 start[panel_outputs]{};
    alignas(64) Int32 coefficients[2][panel_outputs]{};
    Byte factors[2]{};
};
/// sums[pixel][output] = start[output] + sum over the planes of coefficients[plane][output] * (sum over the window's halves of
/// factors[half % 2] * how many bits of the inputs differ from the weights'), or, without `Differ`, are set in both; modulo 2^32.
///     run(const Byte* words, const CountSums& weights, const Byte* const* pixels, const Window& window, SumRows sums)
/// `Planes` planes of weights in `WordOrder`; a pixel is a row of halves, which the window counts. Not every processor has it.
template <bool Differ, Size Pixels, Size Planes>
struct CountTile {};

/// Codes of one or two bits, one segment of a panel, whole vectors of sixteen inputs -> words of `WordOrder`.
///     run(const Byte* cells, Size vectors, Byte* words)
template <unsigned Bits, unsigned InputPlanes>
struct CellsToWords {};

/// Bits `Shift` and, of two planes, `Shift` + 1 of inputs, sixteen a vector -> halves.
///     run(const Byte* inputs, Size vectors, Byte* halves)
template <unsigned Planes, unsigned Shift>
struct InputsToBits {};

/// differences[output] += how many of the inputs' signs differ from the weights', for one pixel, which is not worth its tables.
///     run(const Byte* cells, const Byte* signs, Size vectors, Int32* differences)
/// Weights of one bit in cells as they lie, `vectors` packed vectors of sixteen inputs. `signs` are four bytes for each: input
/// 4c + k is bits 2c and 2c + 1 of byte k, as the weights of the two halves of a panel are.
struct CountDifferences {};

/// Bytes that are 0, `lesser`, `greater` or their sum, lesser <= greater -> 0, 1, 2 or 3; for 16 bytes. Where one of the two is
/// zero or they are equal, whatever means the same sum.
///     run(const Byte* bytes, Byte lesser, Byte greater, Byte* split)
struct SplitSums {};

}}  // namespace aquatint::v0
