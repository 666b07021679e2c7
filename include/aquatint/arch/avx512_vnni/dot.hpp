// SPDX-License-Identifier: BSL-1.0
// Sums of inputs times digits with AVX-512 VNNI: one instruction multiplies a cell of all sixteen outputs by its inputs and adds
// the four products of each in 32 bits, two instructions where digits have 16 bits.
#pragma once

#include <aquatint/arch/avx2/dot.hpp>

namespace aquatint {

/// Two instructions a cycle, and four cycles to wait for each.
template <>
inline constexpr Size v0::dot_tile_pixels<Avx512Vnni> = 8;

inline namespace AQUATINT_TARGET {

namespace avx512 {

using Int32x16 = Int32 __attribute__((vector_size(64)));
using UInt16x32 = UInt16 __attribute__((vector_size(64)));

/// sum += four products of an unsigned by a signed byte in each lane: vpdpbusd.
AQUATINT_INLINE Int32x16 add_bytes(Int32x16 sum, Int32x16 inputs, Int32x16 digits) {
    asm("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(inputs), "v"(digits));
    return sum;
}
/// sum += two products of 16-bit numbers in each lane: vpdpwssd.
AQUATINT_INLINE Int32x16 add_pairs(Int32x16 sum, Int32x16 inputs, Int32x16 digits) {
    asm("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(inputs), "v"(digits));
    return sum;
}
/// Four bytes into every lane, at this point: compilers would mask them before.
AQUATINT_INLINE Int32x16 broadcast_cell(const Byte* from) {
    Int32x16 cell = Int32x16{} + avx2::load<Int32>(from);
    asm("" : "+v"(cell));
    return cell;
}

/// A cell of digits in registers, and its products by a cell of inputs.
template <class Digit>
struct Cell {
    static constexpr Size halves = sizeof(Digit);   ///< 16-bit digits: those of even inputs, then those of odd ones
    static constexpr Size digits = panel_outputs * cell_inputs;
    Int32x16 of[halves];

    AQUATINT_INLINE explicit Cell(const Digit* from) {
        unrolled<halves>([&]<Size Half>() AQUATINT_ALWAYS { of[Half] = avx2::load<Int32x16>(from + Half * digits / halves); });
    }
    AQUATINT_INLINE Int32x16 add_to(Int32x16 sum, Int32x16 inputs) const {
        if constexpr (halves == 1) return add_bytes(sum, inputs, of[0]);
        else {
            const Int32x16 even = inputs & 0x00ff00ff;
            const auto odd = __builtin_bit_cast(Int32x16, __builtin_bit_cast(UInt16x32, inputs) >> 8);
            return add_pairs(add_pairs(sum, even, of[0]), odd, of[1]);
        }
    }
};

/// Where pixels are few, several cells of each make as many sums.
template <Size Pixels, class Digit>
AQUATINT_NOINLINE void dot_cells(const Digit* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    constexpr Size chains = ceil_div(dot_tile_pixels<Avx512Vnni>, Pixels);
    Int32x16 total[chains][Pixels]{};
    const auto add_cell = [&]<Size From, Size To, Size Chain>(const auto& inputs, Size input) AQUATINT_ALWAYS {
        const Cell<Digit> digits(panel);
        panel += digits.digits;
        unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
            Int32x16& sum = total[Chain][Pixel];
            sum = digits.add_to(sum, broadcast_cell(inputs.of[Pixel] + input));
        });
    };
    const auto add = [&]<Size From, Size To>(const auto& inputs, Size input, Size stop) AQUATINT_ALWAYS {
        for (; input + chains * cell_inputs <= stop; input += chains * cell_inputs)
            unrolled<chains>([&]<Size Chain>() AQUATINT_ALWAYS {
                add_cell.template operator()<From, To, Chain>(inputs, input + Chain * cell_inputs);
            });
        for (; input < stop; input += cell_inputs) add_cell.template operator()<From, To, 0>(inputs, input);
    };
    for_each_stretch<Pixels, Byte>(pixels, window, add);
    unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
        Int32x16 sum = total[0][Pixel];
        for (Size chain = 1; chain < chains; ++chain) sum += total[chain][Pixel];
        avx2::store(sums[Pixel], sum);
    });
}

}  // namespace avx512

template <unsigned Steps, Size Pixels>
struct Routine<DotTile<Steps, Pixels>, Avx512Vnni> {
    static constexpr bool any_bytes = true;

    template <class Digit>
    AQUATINT_INLINE static void run(const Digit* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
        avx512::dot_cells<Pixels>(panel, pixels, window, sums);
    }
};

}}  // namespace aquatint
