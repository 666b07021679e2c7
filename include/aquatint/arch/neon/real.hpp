// SPDX-License-Identifier: BSL-1.0
// Real sums on NEON, in the order of the scalar reference, and digits as real numbers.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/neon/vector.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// Sums of sixteen outputs each, in registers.
template <Size Rows>
struct RealTotals {
    Float32x4 of[Rows][quarters];

    AQUATINT_INLINE explicit RealTotals(const float (*sums)[panel_outputs]) {
        unrolled<Rows * quarters>([&]<Size At>() AQUATINT_ALWAYS {
            of[At / quarters][At % quarters] = load<Float32x4>(sums[At / quarters] + At % quarters * 4);
        });
    }
    AQUATINT_INLINE void store_to(float (*sums)[panel_outputs]) const {
        unrolled<Rows * quarters>([&]<Size At>() AQUATINT_ALWAYS {
            store(sums[At / quarters] + At % quarters * 4, of[At / quarters][At % quarters]);
        });
    }
};

}  // namespace neon

template <Size Pixels>
struct Routine<RealTile<Pixels>, Neon> {
    AQUATINT_NOINLINE static void run(const float* panel, const float* const* pixels, const Window& window,
                                      float (*sums)[panel_outputs]) {
        using namespace neon;
        RealTotals<Pixels> total(sums);
        const auto add = [&]<Size Lane>(const Float32x4 (&values)[Pixels]) AQUATINT_ALWAYS {
            Float32x4 weights[quarters];
            unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS { weights[Quarter] = load<Float32x4>(panel + Quarter * 4); });
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    Float32x4& sum = total.of[Pixel][Quarter];
                    sum = fused_lane<Lane>(weights[Quarter], values[Pixel], sum);
                });
            });
            panel = pinned_behind(total.of[Pixels - 1][quarters - 1], panel + panel_outputs);
        };
        for_each_run<Pixels, float>(pixels, window, [&](const auto& inputs) AQUATINT_ALWAYS {
            Size input = 0;
            Float32x4 values[Pixels];
            for (; input + 4 <= window.run; input += 4) {
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    values[Pixel] = load<Float32x4>(inputs.of[Pixel] + input);
                });
                unrolled<4>([&]<Size Lane>() AQUATINT_ALWAYS { add.template operator()<Lane>(values); });
            }
            for (; input < window.run; ++input) {
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { values[Pixel] = Float32x4{inputs.of[Pixel][input]}; });
                add.template operator()<0>(values);
            }
        });
        total.store_to(sums);
    }
};

template <>
struct Routine<RealRow, Neon> {
    static constexpr Size panels = 4;

    template <Size Panels>
    AQUATINT_NOINLINE static void run(const float* const* numbers, const float* inputs, Size count,
                                      float (*sums)[panel_outputs]) {
        using namespace neon;
        RealTotals<Panels> total(sums);
        const Starts<Panels, float> panel(numbers, 0);
        for (Size input = 0; input < count; ++input) {
            const Float32x4 value = broadcast_real(inputs[input]);
            unrolled<Panels * quarters>([&]<Size At>() AQUATINT_ALWAYS {
                Float32x4& sum = total.of[At / quarters][At % quarters];
                sum = fused(value, load<Float32x4>(panel.of[At / quarters] + input * panel_outputs + At % quarters * 4), sum);
            });
        }
        total.store_to(sums);
    }
};

template <Size Inputs>
struct Routine<OuterTile<Inputs>, Neon> {
    AQUATINT_NOINLINE static void run(const float* inputs, const float* gradients, const PixelGrid& grid,
                                      float (*sums)[panel_outputs]) {
        using namespace neon;
        RealTotals<Inputs> total(sums);
        grid.for_each(inputs, gradients, [&](const float* in, const float* out) AQUATINT_ALWAYS {
            Float32x4 gradient[quarters];
            unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                gradient[Quarter] = load<Float32x4>(out + Quarter * 4);
            });
            unrolled<Inputs>([&]<Size Input>() AQUATINT_ALWAYS {
                const Float32x4 value = broadcast_real(in[Input]);
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    Float32x4& sum = total.of[Input][Quarter];
                    sum = fused(value, gradient[Quarter], sum);
                });
            });
        });
        total.store_to(sums);
    }
};

template <>
struct Routine<ScaleDigits, Neon> {
    AQUATINT_NOINLINE static void run(const Int8* digits, Size inputs, const Int32* zeros, const float* scales, float* numbers) {
        using namespace neon;
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
            const auto zero = load<Int32x4>(zeros + Quarter * 4);
            const auto scale = load<Float32x4>(scales + Quarter * 4);
            const Int8* cell = digits + Quarter * half_vector;
            float* to = numbers + Quarter * 4;
            for (Size input = 0; input < inputs; input += cell_inputs) {
                const auto lanes = load<UInt32x4>(cell);
                unrolled<cell_inputs>([&]<Size Input>() AQUATINT_ALWAYS {
                    const Int32x4 digit = as<Int32x4>(lanes << (24 - 8 * static_cast<UInt32>(Input))) >> 24;
                    store(to + Input * panel_outputs, to_real(digit - zero) * scale);
                });
                cell += panel_outputs * cell_inputs;
                to += panel_outputs * cell_inputs;
            }
        });
    }
};

}}  // namespace aquatint
