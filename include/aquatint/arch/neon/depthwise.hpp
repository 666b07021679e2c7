// SPDX-License-Identifier: BSL-1.0
// Channels under their own kernels on NEON: a lane is a channel, and every tap is one widening multiply-add a register of sums.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/neon/vector.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// The weights of one of two rows, or the inputs of a tap, for sixteen channels in 16 bits.
struct TapNumbers {
    Int16x8 of[2];

    /// Weights lie as pairs of rows, input bytes side by side.
    template <Size Odd>
    AQUATINT_INLINE static TapNumbers weights(const Int16* pairs) {
        TapNumbers tap;
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            const auto first = load<Int16x8>(pairs + Half * 16), second = load<Int16x8>(pairs + Half * 16 + 8);
            tap.of[Half] =
                __builtin_shufflevector(first, second, Odd, 2 + Odd, 4 + Odd, 6 + Odd, 8 + Odd, 10 + Odd, 12 + Odd, 14 + Odd);
        });
        return tap;
    }
    AQUATINT_INLINE static TapNumbers inputs(const Byte* bytes) {
        const auto all = load<UInt8x16>(bytes);
        return {{as<Int16x8>(add_bytes_low(all, UInt8x16{})), as<Int16x8>(add_bytes_high(all, UInt8x16{}))}};
    }
};

}  // namespace neon

template <KernelShape Shape>
struct Routine<DepthwiseRow<Shape>, Neon> {
    AQUATINT_NOINLINE static void run(const Int16* weights, const Byte* input, Size pixels, Size step, const Window& window, Size,
                                      SumRows sums) {
        for_each_row_tile<tile_pixels>(pixels, [&]<Size Pixels>(Size first) AQUATINT_ALWAYS {
            sum_tile<Pixels>(weights, input + first * step, step, window, sums + first);
        });
    }

private:
    template <Size Pixels>
    AQUATINT_INLINE static void sum_tile(const Int16* weights, const Byte* input, Size step, const Window& window, SumRows sums) {
        using namespace neon;
        Int32x4 total[Pixels][quarters]{};
        const auto add = [&](const TapNumbers& tap, const Byte* inputs) AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto bytes = TapNumbers::inputs(inputs + Pixel * step);
                unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                    Int32x4* const sum = total[Pixel] + 2 * Half;
                    sum[0] = add_products_low(sum[0], bytes.of[Half], tap.of[Half]);
                    sum[1] = add_products_high(sum[1], bytes.of[Half], tap.of[Half]);
                });
            });
        };
        for (Size row = 0; row < window.rows; row += 2)
            for (Size column = 0; column < window.columns; ++column, weights += 2 * panel_outputs) {
                const Byte* const inputs = input + row * window.row_pitch + column * window.column_pitch;
                add(TapNumbers::weights<0>(weights), inputs);
                if (row + 1 < window.rows) add(TapNumbers::weights<1>(weights), inputs + window.row_pitch);
            }
        unrolled<Pixels * quarters>([&]<Size At>() AQUATINT_ALWAYS {
            store(sums[At / quarters] + At % quarters * 4, total[At / quarters][At % quarters]);
        });
    }
};

}}  // namespace aquatint
