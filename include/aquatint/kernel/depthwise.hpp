// SPDX-License-Identifier: BSL-1.0
// Depthwise products: every channel under its own kernel, sixteen channels side by side.
#pragma once

#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/kernel/real_product.hpp>
#include <aquatint/kernel/tiles.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// `weights` of sixteen channels as DepthwiseTile reads them: scratch of `depthwise_weights(plan)` numbers.
template <class Arch, DigitReading Weight, class Epilogue>
constexpr void integer_depthwise(const ProductPlan& plan, const Byte* packed, const typename Weight::Levels* levels,
                                 float input_scale, const Byte* input, Int16* weights, Epilogue& epilogue) {
    const Geometry& g = plan.product.geometry;
    const CellOrder order{Weight::bits, plan.product.outputs, plan.segments()};
    const Size row_step = plan.first_input(1, 0) - plan.first_input(0, 0), step = plan.first_input(0, 1) - plan.first_input(0, 0);
    const Window window{g.kernel_height, g.dilation * plan.in.pitch(), g.kernel_width, g.dilation * plan.in.shape.channels, 1};
    Tile<Int32, strip_pixels + tile_pixels> sums{};   // a tile that lacks pixels writes past its own
    for (Size first = 0; first < plan.product.outputs; first += panel_outputs) {
        const Size count = least(panel_outputs, plan.product.outputs - first);
        float units[panel_outputs]{};
        fill(weights, depthwise_weights(plan), Int16(0));
        for (Size channel = 0; channel < panel_outputs; ++channel) {
            const auto& own = levels[first + least(channel, count - 1)];
            units[channel] = own.scale * input_scale;
            for (Size tap = 0; tap < plan.taps() && channel < count; ++tap)
                weights[tap_place(tap, channel)] =
                    static_cast<Int16>(Terms<Weight>::integer(order.load(packed, first + channel, 0, tap), own));
        }
        epilogue.begin_panel(first, count, units);
        const Byte* begin = input + plan.first_input(0, 0) + first;
        for_each_band(plan.out.height, plan.out.width, [&](const PixelBlock& band) {
            Size done = 0;
            for_each_tile_of<tile_pixels>(band, [&](Size, const PixelTile& place) {
                const Byte* pixels[tile_pixels]{};
                for_each_pixel(band, place, [&](Size pixel, Size row, Size column) {
                    pixels[pixel] = begin + row * row_step + column * step;
                });
                for (Size missing = place.count; missing < tile_pixels; ++missing) pixels[missing] = pixels[0];
                Chosen<DepthwiseTile<tile_pixels>, Arch>::run(weights, pixels, window, count, sums.value + done);
                done += place.count;
            });
            write_band(band, sums.value, epilogue);
        });
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
