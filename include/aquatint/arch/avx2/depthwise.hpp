// SPDX-License-Identifier: BSL-1.0
// Channels under their own kernels on AVX2: a lane is a channel, and the bytes of two rows are put side by side for one vpmaddwd.
#pragma once

#include <aquatint/arch/avx2/vector.hpp>
#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// Inputs of eight channels in 16 bits, those of one row beside those of the next.
AQUATINT_INLINE Int16x16 two_rows(const Byte* first, const Byte* second) {
    return widen_bytes(interleave_low(load_eight(first), load_eight(second)));
}
/// Beside zeros.
AQUATINT_INLINE Int16x16 last_row(const Byte* row) { return as<Int16x16>(widen_bytes(row)); }

/// The weights of eight channels: with half of a panel, those of nine taps stay in registers beside the sums of eight pixels.
template <KernelShape Shape>
struct DepthwiseTaps {
    static constexpr Size pairs = ceil_div(Shape.rows, 2);
    Int16x16 of[pairs][Shape.columns];

    AQUATINT_INLINE explicit DepthwiseTaps(const Int16* weights) {
        unrolled<pairs * Shape.columns>([&]<Size Tap>() AQUATINT_ALWAYS {
            of[Tap / Shape.columns][Tap % Shape.columns] = load<Int16x16>(weights + Tap * 2 * panel_outputs);
        });
    }
    /// The inputs under a column are put side by side once for all pixels whose kernels reach it.
    template <Size Pixels>
    AQUATINT_INLINE void add(const Byte* input, Size, const Window& window, Int32x8 (&total)[Pixels]) const {
        const Size down = window.row_pitch, across = window.column_pitch;
        unrolled<pairs>([&]<Size Pair>() AQUATINT_ALWAYS {
            const Byte* row = input + 2 * Pair * down;
            unrolled<(Pixels - 1) * Shape.stride + Shape.columns>([&]<Size At>() AQUATINT_ALWAYS {
                constexpr Size first = At < Shape.columns ? 0 : (At - Shape.columns) / Shape.stride + 1;   // of those pixels
                constexpr Size last = least(At / Shape.stride, Pixels - 1);
                const Int16x16 inputs = 2 * Pair + 1 < Shape.rows ? two_rows(row, row + down) : last_row(row);
                row += across;
                unrolled<last + 1 - first>([&]<Size Index>() AQUATINT_ALWAYS {
                    Int32x8& sum = total[first + Index];
                    sum = pinned(sum + multiply_pairs(inputs, of[Pair][At - (first + Index) * Shape.stride]));
                });
            });
        });
    }
};

/// Those of any kernel, which stay in memory; every pixel by itself.
struct AnyDepthwiseTaps {
    const Int16* weights;

    template <Size Pixels>
    AQUATINT_INLINE void add(const Byte* input, Size step, const Window& window, Int32x8 (&total)[Pixels]) const {
        const Int16* taps = weights;
        for (Size row = 0; row < window.rows; row += 2)
            for (Size column = 0; column < window.columns; ++column, taps += 2 * panel_outputs) {
                const Byte* first = input + row * window.row_pitch + column * window.column_pitch;
                const auto own = pinned(load<Int16x16>(taps));
                const auto add_rows = [&](const auto& inputs_at) AQUATINT_ALWAYS {
                    unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                        total[Pixel] = pinned(total[Pixel] + multiply_pairs(inputs_at(first), own));
                        first += step;
                    });
                };
                if (row + 1 == window.rows) add_rows([](const Byte* at) AQUATINT_ALWAYS { return last_row(at); });
                else add_rows([&](const Byte* at) AQUATINT_ALWAYS { return two_rows(at, at + window.row_pitch); });
            }
    }
};

}  // namespace avx2

template <KernelShape Shape>
struct Routine<DepthwiseRow<Shape>, Avx2> {
    AQUATINT_NOINLINE static void run(const Int16* weights, const Byte* input, Size pixels, Size step, const Window& window,
                                      Size count, SumRows sums) {
        using namespace avx2;
        using Taps = std::conditional_t<Shape.known(), DepthwiseTaps<Shape>, AnyDepthwiseTaps>;
        constexpr Size together = Shape.rows * Shape.columns <= 9 ? 8 : 4;   // long kernels unroll to long code
        for (Size channel = 0; channel < panel_outputs; channel += 8) {
            const Taps taps{weights + 2 * channel};
            for_each_row_tile<together>(pixels, [&]<Size Pixels>(Size first) AQUATINT_ALWAYS {
                Int32x8 total[Pixels];
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { total[Pixel] = Int32x8{}; });
                if (channel < count) taps.add(input + first * step + channel, step, window, total);
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { store(sums[first + Pixel] + channel, total[Pixel]); });
            });
        }
    }
};

}}  // namespace aquatint
