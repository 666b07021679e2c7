// SPDX-License-Identifier: BSL-1.0
// Sums of inputs times digits with the dot product of NEON: four products of unsigned bytes are added in each 32-bit lane, which
// is a cell. Digits are moved up by 128 as on plain NEON; the same instruction sums the inputs.
#pragma once

#include <aquatint/arch/neon/dot.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// sum += four products of unsigned bytes in each lane.
AQUATINT_INLINE UInt32x4 add_cells(UInt32x4 sum, UInt8x16 a, UInt8x16 b) {
    asm("udot %0.4s, %1.16b, %2.16b" : "+w"(sum) : "w"(a), "w"(b));
    return sum;
}
/// The same with one cell of b.
template <Size Lane>
AQUATINT_INLINE UInt32x4 add_cells_by_lane(UInt32x4 sum, UInt8x16 a, UInt8x16 b) {
    asm("udot %0.4s, %1.16b, %2.4b[%c3]" : "+w"(sum) : "w"(a), "w"(b), "i"(Lane));
    return sum;
}

/// 128 times the sum of the inputs under a window, whole cells.
AQUATINT_INLINE UInt32 raised_by(const Byte* pixel, const Window& window) {
    UInt32x4 total{};
    for_each_run<1, Byte>(&pixel, window, [&](const auto& inputs) AQUATINT_ALWAYS {
        Size input = 0;
        for (; input + half_vector <= window.run; input += half_vector)
            total = add_cells(total, load<UInt8x16>(inputs.of[0] + input), broadcast8(128));
        for (; input < window.run; input += cell_inputs)
            total = add_cells(total, load_cell(inputs.of[0] + input), broadcast8(128));
    });
    return as<UInt32x4>(sum_of_lanes(as<Int32x4>(total)))[0];
}

/// Any bytes. Four pixels make sixteen accumulators; the inputs of four cells are loaded at once.
template <Size Pixels>
AQUATINT_NOINLINE void dot_cells(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    UInt32 raised[Pixels];
    for (Size pixel = 0; pixel < Pixels; ++pixel) raised[pixel] = raised_by(pixels[pixel], window);
    UInt32x4 total[Pixels][quarters];
    unrolled<Pixels * quarters>([&]<Size At>() AQUATINT_ALWAYS {
        total[At / quarters][At % quarters] = UInt32x4{} - raised[At / quarters];
    });
    const auto add = [&]<Size Lane>(const UInt8x16 (&inputs)[Pixels]) AQUATINT_ALWAYS {
        const RaisedDigits digits(panel);
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                UInt32x4& sum = total[Pixel][Quarter];
                sum = add_cells_by_lane<Lane>(sum, digits.of[Quarter], inputs[Pixel]);
            });
        });
        panel = pinned_behind(total[Pixels - 1][quarters - 1], panel + panel_outputs * cell_inputs);
    };
    for_each_run<Pixels, Byte>(pixels, window, [&](const auto& starts) AQUATINT_ALWAYS {
        UInt8x16 inputs[Pixels];
        Size input = 0;
        for (; input + half_vector <= window.run; input += half_vector) {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { inputs[Pixel] = load<UInt8x16>(starts.of[Pixel] + input); });
            unrolled<4>([&]<Size Lane>() AQUATINT_ALWAYS { add.template operator()<Lane>(inputs); });
        }
        for (; input < window.run; input += cell_inputs) {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { inputs[Pixel] = load_cell(starts.of[Pixel] + input); });
            add.template operator()<0>(inputs);
        }
    });
    unrolled<Pixels * quarters>([&]<Size At>() AQUATINT_ALWAYS {
        store(sums[At / quarters] + At % quarters * 4, total[At / quarters][At % quarters]);
    });
}

}  // namespace neon

template <unsigned Steps, Size Pixels>
    requires(Steps > 0)
struct Routine<DotTile<Steps, Pixels>, NeonDotprod> {
    static constexpr bool any_bytes = true;

    AQUATINT_INLINE static void run(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
        neon::dot_cells<Pixels>(panel, pixels, window, sums);
    }
};

}}  // namespace aquatint
