// SPDX-License-Identifier: BSL-1.0
// Channels under their own kernels on NEON: a lane is a channel, and every tap is one widening multiply-add a register of sums.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/neon/vector.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// The weights of one of two taps, or the inputs of a tap, for sixteen channels in 16 bits.
struct TapNumbers {
    Int16x8 of[2];

    /// Weights lie as pairs of taps, input bytes side by side.
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

template <Size Pixels>
struct Routine<DepthwiseTile<Pixels>, Neon> {
    AQUATINT_NOINLINE static void run(const Int16* weights, const Byte* const* pixels, const Window& window, Size, SumRows sums) {
        using namespace neon;
        Int32x4 total[Pixels][quarters]{};
        const Starts<Pixels, Byte> inputs(pixels, 0);
        const Size taps = window.rows * window.columns;
        Size row = 0, column = 0;
        const auto add = [&](const TapNumbers& tap) AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto bytes = TapNumbers::inputs(inputs.of[Pixel] + row + column * window.column_pitch);
                unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                    Int32x4* const sum = total[Pixel] + 2 * Half;
                    sum[0] = add_products_low(sum[0], bytes.of[Half], tap.of[Half]);
                    sum[1] = add_products_high(sum[1], bytes.of[Half], tap.of[Half]);
                });
            });
            if (++column == window.columns) column = 0, row += window.row_pitch;
        };
        for (Size tap = 0; tap < taps; tap += 2, weights += 2 * panel_outputs) {
            add(TapNumbers::weights<0>(weights));
            if (tap + 1 < taps) add(TapNumbers::weights<1>(weights));
        }
        unrolled<Pixels * quarters>([&]<Size At>() AQUATINT_ALWAYS {
            store(sums[At / quarters] + At % quarters * 4, total[At / quarters][At % quarters]);
        });
    }
};

}}  // namespace aquatint
