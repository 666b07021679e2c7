// SPDX-License-Identifier: BSL-1.0
// Depthwise products: every channel under its own kernel, sixteen channels side by side.
#pragma once

#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/kernel/real_product.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// sums[channel] += over the taps of input * tap, for sixteen channels of one pixel. `taps` is [tap][16]; the inputs of a tap are
/// adjacent channels, of which `count` exist.
template <class Element, class Weight, class Sum>
AQUATINT_INLINE constexpr void sum_taps(const ProductPlan& plan, const Element* pixel, Size count, const Weight* taps, Sum* sums) {
    const Geometry& g = plan.product.geometry;
    for (Size ky = 0; ky < g.kernel_height; ++ky)
        for (Size kx = 0; kx < g.kernel_width; ++kx, taps += panel_outputs) {
            const Element* inputs = pixel + ky * g.dilation * plan.in.pitch() + kx * g.dilation * plan.in.shape.channels;
            Element lanes[panel_outputs]{};
            if (count == panel_outputs) copy(inputs, panel_outputs, lanes);
            else copy(inputs, count, lanes);
            for (Size output = 0; output < panel_outputs; ++output) {
                if constexpr (std::is_same_v<Sum, float>) sums[output] = fused(lanes[output], taps[output], sums[output]);
                else sums[output] += static_cast<Int32>(lanes[output]) * taps[output];
            }
        }
}

/// Calls `panel(first, count)`, then `pixel(row, column, input)` for every output pixel.
template <class Element, class OnPanel, class OnPixel>
constexpr void for_each_depthwise(const ProductPlan& plan, const Element* input, OnPanel&& on_panel, OnPixel&& on_pixel) {
    for (Size first = 0; first < plan.product.outputs; first += panel_outputs) {
        on_panel(first, least(panel_outputs, plan.product.outputs - first));
        for (Size row = 0; row < plan.out.height; ++row)
            for (Size column = 0; column < plan.out.width; ++column) on_pixel(row, column, input + plan.first_input(row, column) + first);
    }
}

/// `taps` is scratch of at least taps * 16 numbers a term.
template <DigitReading Weight, class Epilogue>
constexpr void integer_depthwise(const ProductPlan& plan, const Byte* weights, const typename Weight::Levels* levels, float input_scale,
                                 const Byte* input, Int16* taps, Epilogue& epilogue) {
    const CellOrder order{Weight::bits, plan.product.outputs, plan.segments()};
    const Size tap_count = plan.segments().run;
    Size count = 0;
    for_each_depthwise(
        plan, input,
        [&](Size first, Size here) {
            count = here;
            float units[panel_outputs]{};
            for (Size output = 0; output < panel_outputs; ++output) {
                const auto& own = levels[first + least(output, here - 1)];
                units[output] = own.scale * input_scale;
                for (Size tap = 0; tap < tap_count; ++tap)
                    taps[tap * panel_outputs + output] =
                        output < here ? static_cast<Int16>(Terms<Weight>::integer(order.load(weights, first + output, 0, tap), own)) : Int16(0);
            }
            epilogue.begin_panel(first, here, units);
        },
        [&](Size row, Size column, const Byte* pixel) {
            alignas(32) Int32 sums[panel_outputs]{};
            sum_taps(plan, pixel, count, taps, sums);
            epilogue.write(row, column, sums);
        });
}

template <class Arch, Policy Weight, class Epilogue>
constexpr void real_depthwise(RealProduct<Arch, Weight>& product, Epilogue& epilogue) {
    const ProductPlan& plan = product.plan;
    Size first = 0, count = 0;
    for_each_depthwise(
        plan, product.input,
        [&](Size start, Size here) {
            first = start;
            count = here;
            product.begin_panel(0, start / panel_outputs);
            epilogue.begin_panel(start, here);
        },
        [&](Size row, Size column, const float* pixel) {
            alignas(32) float sums[panel_outputs]{};
            copy(product.bias + first, count, sums);
            sum_taps(plan, pixel, count, product.panel, sums);
            epilogue.write(row, column, sums);
        });
}

}}  // namespace aquatint
