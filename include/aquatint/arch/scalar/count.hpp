// SPDX-License-Identifier: BSL-1.0
// The scalar reference of the operations that count bits.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>
#include <bit>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <bool Differ, Size Pixels, Size Planes>
struct Routine<CountTile<Differ, Pixels, Planes>, Scalar> {
    static constexpr void run(const Byte* words, const CountSums& weights, const Byte* const* pixels, const Window& window,
                              SumRows sums) {
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size output = 0; output < panel_outputs; ++output) {
                auto sum = static_cast<UInt32>(weights.start[output]);
                for_each_half(window, [&](Size segment, Size half, Size at) {
                    const Size at_word = segment * ceil_div(window.run, Size(2)) + half / 2;
                    for (Size plane = 0; plane < Planes; ++plane) {
                        const Byte* const lane = words + ((at_word * Planes + plane) * panel_outputs + output) * 4;
                        const Byte* const own = lane + half % 2 * half_bytes;
                        const unsigned bits = load(own), input = load(pixels[pixel] + at * half_bytes);
                        const int count = std::popcount(Differ ? bits ^ input : bits & input);
                        sum += static_cast<UInt32>(weights.coefficients[plane][output] * (weights.factors[half % 2] * count));
                    }
                });
                sums[pixel][output] = static_cast<Int32>(sum);
            }
    }

private:
    static constexpr unsigned load(const Byte* half) { return half[0] | static_cast<unsigned>(half[1]) << 8; }
    template <class Action>
    static constexpr void for_each_half(const Window& window, Action&& action) {
        for (Size row = 0; row < window.rows; ++row)
            for (Size column = 0; column < window.columns; ++column)
                for (Size half = 0; half < window.run; ++half)
                    action(row * window.columns + column, half,
                           row * window.row_pitch + column * window.column_pitch + half);
    }
};

template <unsigned Bits, unsigned InputPlanes>
struct Routine<CellsToWords<Bits, InputPlanes>, Scalar> {
    static constexpr void run(const Byte* cells, Size vectors, Byte* words) {
        const CellOrder from{Bits, panel_outputs, {1, vectors * vector_inputs}};
        const WordOrder to{Bits, InputPlanes, from.inputs};
        for (Size at = 0; at < to.bytes(); ++at) words[at] = 0;
        for (Size input = 0; input < from.inputs.run; ++input)
            for (Size output = 0; output < panel_outputs; ++output)
                for (unsigned plane = 0; plane < Bits; ++plane) {
                    const unsigned set = from.load(cells, output, 0, input) >> plane & 1u, at = bit_of_input(input);
                    const Size half = input / vector_inputs * InputPlanes;
                    for (unsigned copy = 0; copy < InputPlanes; ++copy) {
                        const Size at_word = (half + copy) / 2, byte = (half + copy) % 2 * half_bytes + at / 8;
                        Byte& own = words[((at_word * Bits + plane) * panel_outputs + output) * 4 + byte];
                        own = static_cast<Byte>(own | set << at % 8);
                    }
                }
    }
};

template <unsigned Planes, unsigned Shift>
struct Routine<InputsToBits<Planes, Shift>, Scalar> {
    static constexpr void run(const Byte* inputs, Size vectors, Byte* halves) {
        for (; vectors != 0; --vectors, inputs += vector_inputs)
            for (unsigned plane = 0; plane < Planes; ++plane, halves += half_bytes) {
                unsigned bits = 0;
                for (unsigned i = 0; i < vector_inputs; ++i)
                    bits |= (unsigned{inputs[i]} >> (Shift + plane) & 1u) << bit_of_input(i);
                halves[0] = static_cast<Byte>(bits & 255);
                halves[1] = static_cast<Byte>(bits >> 8);
            }
    }
};

}}  // namespace aquatint
