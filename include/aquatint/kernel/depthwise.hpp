// SPDX-License-Identifier: BSL-1.0
// Depthwise products: every channel under its own kernel, sixteen channels side by side.
#pragma once

#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/kernel/real_product.hpp>
#include <aquatint/kernel/tiles.hpp>

namespace aquatint { inline namespace v0 {

/// The shape that the sums of a row are compiled for: none of large kernels, whose code would be long, nor where neighbours do
/// not see the same columns because of dilation.
constexpr KernelShape kernel_shape(const Geometry& g) {
    constexpr Size most_taps = 49;
    if (g.kernel_height * g.kernel_width > most_taps || g.stride % g.dilation != 0) return {};
    return {g.kernel_height, g.kernel_width, g.stride / g.dilation};
}

/// The numbers that DepthwiseRow reads: whole pairs of rows of taps.
constexpr Size depthwise_weights(const ProductPlan& plan) {
    const Geometry& g = plan.product.geometry;
    return round_up(g.kernel_height, 2) * g.kernel_width * panel_outputs;
}
/// Of the scratch of 16 bits: weights that are joined, then the same in the order of DepthwiseRow.
template <DigitReading Weight>
constexpr Size joined_weights(const ProductPlan& plan) {
    return joined<Weight> ? digit_bytes(plan) : 0;
}
template <DigitReading Weight>
constexpr Size depthwise_wide(const ProductPlan& plan) {
    return joined_weights<Weight>(plan) + depthwise_weights(plan);
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The weights of sixteen channels as DepthwiseRow reads them, of which `count` exist: `depthwise_weights(plan)` numbers.
template <class Product>
constexpr void order_taps(const Product& product, Size count, Int16* weights) {
    const Geometry& g = product.plan.product.geometry;
    fill(weights, depthwise_weights(product.plan), Int16(0));
    for (Size ky = 0; ky < g.kernel_height; ++ky)
        for (Size kx = 0; kx < g.kernel_width; ++kx) {
            const Size tap = product.plan.place(0, ky, kx).input;
            for (Size channel = 0; channel < count; ++channel)
                weights[tap_place(ky, kx, g.kernel_width, channel)] =
                    static_cast<Int16>(product.weight(tap / cell_inputs, channel, tap % cell_inputs));
        }
}

/// Decodes as for inputs of at most 1: no products are added in 16 bits, so digits stay bytes whatever the inputs are.
template <class Arch, DigitReading Weight>
using DepthwiseProduct = IntegerProduct<Arch, Weight, 1>;

/// `Shape`: that of the kernel, or any.
template <KernelShape Shape, class Arch, DigitReading Weight, class Epilogue>
constexpr void integer_depthwise(DepthwiseProduct<Arch, Weight>& product, Epilogue& epilogue) {
    const ProductPlan& plan = product.plan;
    Int16* const weights = product.scratch.wide + joined_weights<Weight>(plan);
    const Window window = plan.window();
    const Size step = plan.product.geometry.stride * plan.in.shape.channels;
    Tile<Int32, strip_pixels> sums;   // no initial values: for a small product they would take long
    for (Size first = 0; first < plan.product.outputs; first += panel_outputs) {
        const Size count = least(panel_outputs, plan.product.outputs - first);
        float units[panel_outputs]{};
        product.begin_panel(0, first / panel_outputs, count, units);
        order_taps(product, count, weights);
        epilogue.begin_panel(first, count, units);
        for (Size row = 0; row < plan.out.height; ++row)
            for (Size column = 0; column < plan.out.width; column += strip_pixels) {
                const Size pixels = least(strip_pixels, plan.out.width - column);
                const Byte* const input = product.inputs_at(plan.first_input(row, column) + first);
                Chosen<DepthwiseRow<Shape>, Arch>::run(weights, input, pixels, step, window, count, sums.value);
                epilogue.write(row, column, pixels, sums.value);
            }
    }
}

/// sums[channel] += over the taps of input * tap, for sixteen channels of one pixel. `taps` is [tap][16]; the inputs of a tap are
/// adjacent channels, of which `count` exist.
AQUATINT_INLINE constexpr void sum_taps(const ProductPlan& plan, const float* pixel, Size count, const float* taps, float* sums) {
    const Geometry& g = plan.product.geometry;
    for (Size ky = 0; ky < g.kernel_height; ++ky)
        for (Size kx = 0; kx < g.kernel_width; ++kx, taps += panel_outputs) {
            const float* inputs = pixel + ky * g.dilation * plan.in.pitch() + kx * g.dilation * plan.in.shape.channels;
            float lanes[panel_outputs]{};
            if (count == panel_outputs) copy(inputs, panel_outputs, lanes);
            else copy(inputs, count, lanes);
            for (Size output = 0; output < panel_outputs; ++output)
                sums[output] = fused(lanes[output], taps[output], sums[output]);
        }
}

template <class Arch, Policy Weight, class Epilogue>
constexpr void real_depthwise(RealProduct<Arch, Weight>& product, Epilogue& epilogue) {
    const ProductPlan& plan = product.plan;
    for (Size first = 0; first < plan.product.outputs; first += panel_outputs) {
        const Size count = least(panel_outputs, plan.product.outputs - first);
        product.begin_panel(0, first / panel_outputs);
        epilogue.begin_panel(first, count);
        for (Size row = 0; row < plan.out.height; ++row)
            for (Size column = 0; column < plan.out.width; ++column) {
                Tile<float, 1> sums{};
                copy(product.bias + first, count, sums.value[0]);
                sum_taps(plan, product.input + plan.first_input(row, column) + first, count, product.panel, sums.value[0]);
                epilogue.write(row, column, 1, sums.value);
            }
    }
}

}}  // namespace aquatint
