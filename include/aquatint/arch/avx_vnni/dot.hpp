// SPDX-License-Identifier: BSL-1.0
// Sums of inputs times digits with AVX-VNNI: one instruction multiplies a cell by its inputs
// and adds the four products in 32 bits.
#pragma once

#include <aquatint/arch/avx2/dot.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// sum += four products of an unsigned by a signed byte in each lane: vpdpbusd. Without its prefix it would be that of AVX-512.
AQUATINT_INLINE Int32x8 add_cells(Int32x8 sum, Int32x8 inputs, Int8x32 digits) {
    asm("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sum) : "x"(inputs), "x"(digits));
    return sum;
}

/// Any bytes. One pixel alone keeps four cells apart, to hide the latency of its sums.
template <Size Pixels>
AQUATINT_NOINLINE void dot_cells(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    constexpr Size chains = Pixels == 1 ? 4 : 1;
    Accumulators<Int32x8, Pixels * chains> total;
    const auto add_cell = [&]<Size From, Size To, Size Chain>(const auto& inputs, Size input) AQUATINT_ALWAYS {
        const auto digits = load_cell<Int8x32>(panel);
        panel += 2 * vector_bytes;
        unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
            const Int32x8 cell = broadcast_cell(inputs.of[Pixel] + input);
            unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                Int32x8& sum = total.of[Chain * Pixels + Pixel][Half];
                sum = add_cells(sum, cell, digits.of[Half]);
            });
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
    unrolled<2 * Pixels * (chains - 1)>([&]<Size At>() AQUATINT_ALWAYS {
        total.of[At / 2 % Pixels][At % 2] += total.of[Pixels + At / 2][At % 2];
    });
    unrolled<2 * Pixels>([&]<Size At>() AQUATINT_ALWAYS { store(sums[At / 2] + At % 2 * 8, total.of[At / 2][At % 2]); });
}

}  // namespace avx2

template <unsigned Steps, Size Pixels>
    requires(Steps > 0)
struct Routine<DotTile<Steps, Pixels>, AvxVnni> {
    static constexpr bool any_bytes = true;

    AQUATINT_INLINE static void run(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
        avx2::dot_cells<Pixels>(panel, pixels, window, sums);
    }
};

}}  // namespace aquatint
