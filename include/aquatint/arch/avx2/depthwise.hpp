// SPDX-License-Identifier: BSL-1.0
// Channels under their own kernels on AVX2: a lane is a channel, and the bytes of two taps are put side by side for one vpmaddwd.
#pragma once

#include <aquatint/arch/avx2/tile.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <Size Pixels>
struct Routine<DepthwiseTile<Pixels>, Avx2> {
    AQUATINT_NOINLINE static void run(const Int16* weights, const Byte* const* pixels, const Window& window, Size, SumRows sums) {
        using namespace avx2;
        Accumulators<Int32x8, Pixels> total;
        const Starts<Pixels, Byte> inputs(pixels, 0);
        const Size taps = window.rows * window.columns;
        Size row = 0, column = 0;
        const auto next = [&]() AQUATINT_ALWAYS {
            const Size here = row + column * window.column_pitch;
            if (++column == window.columns) column = 0, row += window.row_pitch;
            return here;
        };
        for (Size tap = 0; tap < taps; tap += 2, weights += 2 * panel_outputs) {
            const Size first = next(), second = tap + 1 < taps ? next() : first;
            const auto pairs = load_cell<Int16x16>(weights);
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto a = load<Int8x16>(inputs.of[Pixel] + first), b = load<Int8x16>(inputs.of[Pixel] + second);
                Int32x8& low = total.of[Pixel][0];
                Int32x8& high = total.of[Pixel][1];
                low = pinned(low + multiply_pairs(widen_bytes(interleave_low(a, b)), pairs.of[0]));
                high = pinned(high + multiply_pairs(widen_bytes(interleave_high(a, b)), pairs.of[1]));
            });
        }
        total.store_to(sums);
    }
};

}}  // namespace aquatint
