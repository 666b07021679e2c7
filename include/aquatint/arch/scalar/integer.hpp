// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the integer operations: the definition that every other processor equals bit for bit.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>
#include <aquatint/base/fma.hpp>
#include <aquatint/base/round.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <Integral Reader, unsigned Term>
struct Routine<DecodeDigits<Reader, Term>, Scalar> {
    static constexpr void run(const Byte* panel, const CellOrder& order, const Int8* zeros, Int8* digits) {
        struct Digits {
            Int8 of[Size(1) << Reader::bits];
        };
        constexpr Digits table = [] {
            Digits t{};
            for (unsigned code = 0; code < Reader::codes; ++code)
                t.of[code] = static_cast<Int8>(Terms<Reader>::digit(code, Term));
            return t;
        }();
        constexpr FieldPlanes planes(Reader::bits);
        const Size vectors = order.byte_vectors();
        for (Size vector = 0; vector < vectors; ++vector)
            for (Size at = 0; at < vector_bytes; ++at) {
                unsigned code = 0;
                const Byte* plane_start = panel;
                for (unsigned plane = 0; plane < planes.count; ++plane) {
                    const unsigned width = planes.width[plane];
                    const unsigned fields = 8 / width;
                    const unsigned packed = plane_start[vector / fields * vector_bytes + at];
                    code |= (packed >> (vector % fields * width) & ((1u << width) - 1)) << planes.low_bit[plane];
                    plane_start += order.plane_bytes(width);
                }
                const Size output = vector % 2 * 8 + at / cell_inputs;
                const int zero = zeros == nullptr ? 0 : zeros[output];
                digits[vector * vector_bytes + at] = static_cast<Int8>(table.of[code] - zero);
            }
    }
};

template <KernelShape Shape>
struct Routine<DepthwiseRow<Shape>, Scalar> {
    static constexpr void run(const Int16* weights, const Byte* input, Size pixels, Size step, const Window& window, Size count,
                              Int32 (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < pixels; ++pixel, input += step) {
            for (Size channel = 0; channel < panel_outputs; ++channel) sums[pixel][channel] = 0;
            for (Size row = 0; row < window.rows; ++row)
                for (Size column = 0; column < window.columns; ++column) {
                    const Byte* inputs = input + row * window.row_pitch + column * window.column_pitch;
                    for (Size channel = 0; channel < count; ++channel)
                        sums[pixel][channel] +=
                            static_cast<Int32>(inputs[channel]) * weights[tap_place(row, column, window.columns, channel)];
                }
        }
    }
};

template <>
struct Routine<WidenDigits, Scalar> {
    static constexpr void run(const Int8* digits, Size cells, Int16* wide) {
        for (Size cell = 0; cell < cells; ++cell)
            for (Size output = 0; output < panel_outputs; ++output)
                for (Size input = 0; input < cell_inputs; ++input)
                    wide[wide_place(cell, output, input)] = digits[(cell * panel_outputs + output) * cell_inputs + input];
    }
};

template <>
struct Routine<JoinDigits, Scalar> {
    static constexpr void run(const Int8* digits, Size cells, const Int16* coefficients, const Int16* start, Int16* wide) {
        for (Size cell = 0; cell < cells; ++cell)
            for (Size output = 0; output < panel_outputs; ++output)
                for (Size input = 0; input < cell_inputs; ++input) {
                    Int16& to = wide[wide_place(cell, output, input)];
                    const Int32 before = start == nullptr ? to : start[output];
                    const Int32 digit = digits[(cell * panel_outputs + output) * cell_inputs + input];
                    to = static_cast<Int16>(before + digit * coefficients[output]);
                }
    }
};

template <unsigned Steps, Size Pixels>
struct Routine<DotTile<Steps, Pixels>, Scalar> {
    /// Every digit of a cell has a sum of its own, in the order in which they lie: neighbours
    /// that GCC turns into vectors at -O2, too.
    template <class Digit>
    static constexpr void run(const Digit* panel, const Byte* const* pixels, const Window& window, Int32 (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            Int32 parts[panel_outputs * cell_inputs]{};
            const Digit* cell = panel;
            for (Size row = 0; row < window.rows; ++row)
                for (Size column = 0; column < window.columns; ++column) {
                    const Byte* inputs = pixels[pixel] + row * window.row_pitch + column * window.column_pitch;
                    for (Size first = 0; first < window.run; first += cell_inputs, cell += panel_outputs * cell_inputs) {
                        Int32 four[cell_inputs]{};
                        for (Size i = 0; i < cell_inputs && first + i < window.run; ++i) four[i] = inputs[first + i];
                        add_cell(cell, four, parts);
                    }
                }
            for (Size output = 0; output < panel_outputs; ++output) {
                Int32 sum = 0;
                for (Size input = 0; input < cell_inputs; ++input) sum += parts[place<Digit>(output, input)];
                sums[pixel][output] = sum;
            }
        }
    }

private:
    template <class Digit>
    static constexpr Size place(Size output, Size input) {
        if constexpr (std::is_same_v<Digit, Int8>) return output * cell_inputs + input;
        else return wide_place(0, output, input);
    }
    template <class Digit>
    AQUATINT_INLINE static constexpr void add_cell(const Digit* cell, const Int32* inputs, Int32* sum) {
        if constexpr (std::is_same_v<Digit, Int8>) {
            const Int32 a = inputs[0], b = inputs[1], c = inputs[2], d = inputs[3];
            for (Size output = 0; output < panel_outputs; ++output, sum += 4, cell += 4) {
                sum[0] += a * cell[0];
                sum[1] += b * cell[1];
                sum[2] += c * cell[2];
                sum[3] += d * cell[3];
            }
        } else {
            for (Size half = 0; half < 2; ++half) {
                const Int32 a = inputs[half], b = inputs[half + 2];
                for (Size output = 0; output < panel_outputs; ++output, sum += 2, cell += 2) {
                    sum[0] += a * cell[0];
                    sum[1] += b * cell[1];
                }
            }
        }
    }
};

template <unsigned Codes>
struct Routine<BytesBelow<Codes>, Scalar> {
    static constexpr bool run(const Byte* bytes, Size count) {
        unsigned largest = 0;
        for (Size i = 0; i < count; ++i) largest = most(largest, unsigned{bytes[i]});
        return largest < Codes;
    }
};

template <unsigned Codes>
struct Routine<CopyBelow<Codes>, Scalar> {
    static constexpr void run(const Byte* from, Size count, Byte* to) {
        for (Size i = 0; i < count; ++i) to[i] = least(from[i], static_cast<Byte>(Codes - 1));
    }
};

template <>
struct Routine<PixelSums, Scalar> {
    static constexpr void run(const Byte* pixels, Size count, Size channels, Int32 less, Int32* sums) {
        for (Size pixel = 0; pixel < count; ++pixel, pixels += channels) {
            sums[pixel] = -less;
            for (Size channel = 0; channel < channels; ++channel) sums[pixel] += pixels[channel];
        }
    }
};

template <>
struct Routine<AddBias, Scalar> {
    static constexpr void run(Int32* sums, const Int32* bias, unsigned shift) {
        for (Size output = 0; output < panel_outputs; ++output) sums[output] = sums[output] * (1 << shift) + bias[output];
    }
};

template <>
struct Routine<AddShortcut, Scalar> {
    static constexpr void run(Int32* sums, const Byte* codes, Int32 zero, const float* scale) {
        constexpr float limit = 1 << 30;
        for (Size output = 0; output < panel_outputs; ++output)
            sums[output] += round_even(clamp(static_cast<float>(codes[output] - zero) * scale[output], -limit, limit));
    }
};

template <class Number>
constexpr Byte requantized(Number value, Size output, const Rescale& rescale) {
    const bool negative = rescale.negative_scale != nullptr && value < 0;
    const float steps = static_cast<float>(value) * (negative ? rescale.negative_scale : rescale.scale)[output];
    return static_cast<Byte>(round_even(clamp(steps, rescale.low, rescale.high)) + rescale.zero);
}

template <>
struct Routine<Requantize, Scalar> {
    static constexpr void run(const Int32* sums, const Rescale& rescale, Byte* codes) {
        for (Size output = 0; output < panel_outputs; ++output) codes[output] = requantized(sums[output], output, rescale);
    }
};

template <>
struct Routine<QuantizeReal, Scalar> {
    static constexpr void run(const float* values, const Rescale& rescale, Byte* codes) {
        for (Size output = 0; output < panel_outputs; ++output) codes[output] = requantized(values[output], output, rescale);
    }
};

template <Integral Reader, int Largest>
struct Routine<DotRow<Reader, Largest>, Scalar> {
    static constexpr Size panels = 1;

    template <Size Panels>
    static constexpr void run(const Byte* codes, Size panel_bytes, const Byte* inputs, Size cells, Int32 (*sums)[panel_outputs]) {
        const CellOrder order{Reader::bits, panel_outputs, {1, cells * cell_inputs}};
        for (Size panel = 0; panel < Panels; ++panel)
            for (Size output = 0; output < panel_outputs; ++output) {
                sums[panel][output] = 0;
                for (Size input = 0; input < cells * cell_inputs; ++input) {
                    const unsigned code = order.load(codes + panel * panel_bytes, output, 0, input);
                    sums[panel][output] += inputs[input] * Terms<Reader>::digit(code, 0);
                }
            }
    }
};

}}  // namespace aquatint
