// SPDX-License-Identifier: BSL-1.0
// Real sums on AVX2: one chain of fused multiply-adds an output, in the order of the scalar reference.
#pragma once

#include <aquatint/arch/avx2/tile.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <Size Pixels>
struct Routine<RealTile<Pixels>, Avx2> {
    AQUATINT_NOINLINE static void run(const float* panel, const float* const* pixels, const Window& window,
                                      float (*sums)[panel_outputs]) {
        using namespace avx2;
        Accumulators<Float32x8, Pixels> total;
        total.load_from(sums);
        for_each_run<Pixels>(pixels, window, [&](const auto& inputs) AQUATINT_ALWAYS {
            for (Size input = 0; input < window.run; ++input, panel += panel_outputs) {
                const auto weights = load_cell<Float32x8>(panel);
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const Float32x8 value = broadcast_real(inputs.of[Pixel][input]);
                    unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                        Float32x8& sum = total.of[Pixel][Half];
                        sum = pinned(fused(value, weights.of[Half], sum));
                    });
                });
            }
        });
        total.store_to(sums);
    }
};

}}  // namespace aquatint
