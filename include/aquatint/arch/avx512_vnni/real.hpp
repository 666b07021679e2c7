// SPDX-License-Identifier: BSL-1.0
// Real sums on AVX-512, in the order of the scalar reference: sixteen outputs a register, the inputs from memory into every lane.
#pragma once

#include <aquatint/arch/avx2/real.hpp>

namespace aquatint {

/// As many accumulators as AVX2 has, each of a pixel.
template <>
inline constexpr Size v0::real_tile_pixels<Avx512Vnni> = 12;

inline namespace AQUATINT_TARGET {

namespace avx512 {

using Float32x16 = float __attribute__((vector_size(64)));

/// sum += *value * factors: vfmadd231ps, which broadcasts by itself. Compilers would load into a register first.
AQUATINT_INLINE Float32x16 fused_from(const float* value, Float32x16 factors, Float32x16 sum) {
    asm("vfmadd231ps %2%{1to16%}, %1, %0" : "+v"(sum) : "v"(factors), "m"(*value));
    return sum;
}

/// A row of sixteen sums for each of `Rows` numbers.
template <Size Rows>
struct Chains {
    Float32x16 of[Rows];

    AQUATINT_INLINE explicit Chains(const float (*sums)[panel_outputs]) {
        unrolled<Rows>([&]<Size Row>() AQUATINT_ALWAYS { of[Row] = avx2::load<Float32x16>(sums[Row]); });
    }
    AQUATINT_INLINE void store_to(float (*sums)[panel_outputs]) const {
        unrolled<Rows>([&]<Size Row>() AQUATINT_ALWAYS { avx2::store(sums[Row], of[Row]); });
    }
};

}  // namespace avx512

template <Size Pixels>
struct Routine<RealTile<Pixels>, Avx512Vnni> {
    AQUATINT_NOINLINE static void run(const float* panel, const float* const* pixels, const Window& window,
                                      float (*sums)[panel_outputs]) {
        using namespace avx512;
        Chains<Pixels> total(sums);
        for_each_run<Pixels, float>(pixels, window, [&](const auto& inputs) AQUATINT_ALWAYS {
            for (Size input = 0; input < window.run; ++input, panel += panel_outputs) {
                const auto weights = avx2::load<Float32x16>(panel);
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    total.of[Pixel] = fused_from(inputs.of[Pixel] + input, weights, total.of[Pixel]);
                });
            }
        });
        total.store_to(sums);
    }
};

template <Size Inputs>
struct Routine<OuterTile<Inputs>, Avx512Vnni> {
    AQUATINT_NOINLINE static void run(const float* inputs, const float* gradients, const PixelGrid& grid,
                                      float (*sums)[panel_outputs]) {
        using namespace avx512;
        Chains<Inputs> total(sums);
        grid.for_each(inputs, gradients, [&](const float* in, const float* out) AQUATINT_ALWAYS {
            const auto gradient = avx2::load<Float32x16>(out);
            unrolled<Inputs>([&]<Size Input>() AQUATINT_ALWAYS {
                total.of[Input] = fused_from(in + Input, gradient, total.of[Input]);
            });
        });
        total.store_to(sums);
    }
};

}}  // namespace aquatint
