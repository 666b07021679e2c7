// SPDX-License-Identifier: BSL-1.0
// Real sums on AVX2, in the order of the scalar reference, and digits as real numbers.
#pragma once

#include <aquatint/arch/avx2/real_row.hpp>
#include <aquatint/arch/avx2/tile.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <Size Pixels>
struct Routine<RealTile<Pixels>, Avx2> {
    AQUATINT_NOINLINE static void run(const float* panel, const float* const* pixels, const Window& window,
                                      float (*sums)[panel_outputs]) {
        using namespace avx2;
        Accumulators<Float32x8, Pixels> total;
        total.load_from(sums);
        for_each_run<Pixels, float>(pixels, window, [&](const auto& inputs) AQUATINT_ALWAYS {
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

template <Size Inputs>
struct Routine<OuterTile<Inputs>, Avx2> {
    AQUATINT_NOINLINE static void run(const float* inputs, const float* gradients, const PixelGrid& grid,
                                      float (*sums)[panel_outputs]) {
        using namespace avx2;
        Accumulators<Float32x8, Inputs> total;
        total.load_from(sums);
        grid.for_each(inputs, gradients, [&](const float* in, const float* out) AQUATINT_ALWAYS {
            const auto gradient = load_cell<Float32x8>(out);
            unrolled<Inputs>([&]<Size Input>() AQUATINT_ALWAYS {
                const Float32x8 value = broadcast_real(in[Input]);
                unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                    Float32x8& sum = total.of[Input][Half];
                    sum = pinned(fused(value, gradient.of[Half], sum));
                });
            });
        });
        total.store_to(sums);
    }
};

template <>
struct Routine<ScaleDigits, Avx2> {
    AQUATINT_NOINLINE static void run(const Int8* digits, Size inputs, const Int32* zeros, const float* scales, float* numbers) {
        using namespace avx2;
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            const auto zero = load<Int32x8>(zeros + Half * 8);
            const auto scale = load<Float32x8>(scales + Half * 8);
            const Int8* cell = digits + Half * vector_bytes;
            float* to = numbers + Half * 8;
            for (Size input = 0; input < inputs;
                 input += cell_inputs, cell += 2 * vector_bytes, to += cell_inputs * panel_outputs) {
                const auto lanes = load<Int32x8>(cell);
                unrolled<cell_inputs>([&]<Size Input>() AQUATINT_ALWAYS {
                    const Int32x8 digit = (lanes << (24 - 8 * static_cast<int>(Input))) >> 24;
                    store(to + Input * panel_outputs, to_real(digit - zero) * scale);
                });
            }
        });
    }
};

}}  // namespace aquatint
