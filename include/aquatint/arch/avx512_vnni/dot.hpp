// SPDX-License-Identifier: BSL-1.0
// Sums of inputs times digits with AVX-512 VNNI: one instruction multiplies a cell of all sixteen outputs by its inputs and adds the
// four products of each in 32 bits.
#pragma once

#include <aquatint/arch/avx2/dot.hpp>

namespace aquatint {

/// Two instructions a cycle, and four cycles to wait for each.
template <>
inline constexpr Size v0::dot_tile_pixels<Avx512Vnni> = 8;

inline namespace AQUATINT_TARGET {

namespace avx512 {

using Int32x16 = Int32 __attribute__((vector_size(64)));

/// sum += four products of an unsigned by a signed byte in each lane: vpdpbusd.
AQUATINT_INLINE Int32x16 add_cells(Int32x16 sum, Int32x16 inputs, Int32x16 digits) {
    asm("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(inputs), "v"(digits));
    return sum;
}

/// Any bytes. Where pixels are few, several cells of each make as many sums.
template <Size Pixels>
AQUATINT_NOINLINE void dot_cells(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    constexpr Size chains = ceil_div(dot_tile_pixels<Avx512Vnni>, Pixels);
    Int32x16 total[chains][Pixels]{};
    const auto add = [&]<Size Chain>(const auto& inputs, Size input) AQUATINT_ALWAYS {
        const auto digits = avx2::load<Int32x16>(panel);
        panel += panel_outputs * cell_inputs;
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            const Int32x16 cell = Int32x16{} + avx2::load<Int32>(inputs.of[Pixel] + input);
            total[Chain][Pixel] = add_cells(total[Chain][Pixel], cell, digits);
        });
    };
    for_each_run<Pixels, Byte>(pixels, window, [&](const auto& inputs) AQUATINT_ALWAYS {
        Size input = 0;
        for (; input + chains * cell_inputs <= window.run; input += chains * cell_inputs)
            unrolled<chains>([&]<Size Chain>() AQUATINT_ALWAYS {
                add.template operator()<Chain>(inputs, input + Chain * cell_inputs);
            });
        for (; input < window.run; input += cell_inputs) add.template operator()<0>(inputs, input);
    });
    unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
        Int32x16 sum = total[0][Pixel];
        for (Size chain = 1; chain < chains; ++chain) sum += total[chain][Pixel];
        avx2::store(sums[Pixel], sum);
    });
}

}  // namespace avx512

template <unsigned Steps, Size Pixels>
    requires(Steps > 0)
struct Routine<DotTile<Steps, Pixels>, Avx512Vnni> {
    static constexpr bool any_bytes = true;

    AQUATINT_INLINE static void run(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
        avx512::dot_cells<Pixels>(panel, pixels, window, sums);
    }
};

}}  // namespace aquatint
