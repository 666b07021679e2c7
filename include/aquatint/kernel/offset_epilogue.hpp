// SPDX-License-Identifier: BSL-1.0
// Products of quantizers with real offsets, exact at the border: the general rule for asymmetric pairs.
#pragma once

#include <aquatint/kernel/integer_product.hpp>

namespace aquatint { inline namespace v0 {

/// An input is scale * (byte - zero) + offset where it lies inside the image, and 0 in the padding.
struct InputOffset {
    float scale = 1;
    float offset = 0;
    Int32 zero = 0;
};

/// The rows or columns of a kernel that lie inside the image.
struct TapSpan {
    Size first = 0, last = 0;
    constexpr bool operator==(const TapSpan&) const = default;
};
/// `start` counts from the first row or column of the padding.
AQUATINT_INLINE constexpr TapSpan taps_inside(Size start, Size kernel, Size dilation, Size padding, Size length) {
    if (start >= padding && start + dilation * (kernel - 1) < length + padding) return {0, kernel};
    TapSpan span{kernel, 0};
    for (Size tap = 0; tap < kernel; ++tap) {
        const Size at = start + tap * dilation;
        if (at < padding || at >= length + padding) continue;
        span.first = least(span.first, tap);
        span.last = tap + 1;
    }
    return span;
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// With weights a * s + b (s the digits, b an offset by channel) and inputs x = scale * t + offset inside the image,
///
///     sum of w * x = a scale D + b scale T + offset (a S + b n) + bias
///
/// D = sum of s * t and T = sum of t over the window, S = sum of s and n = number of inputs over the taps inside the image only: these
/// two change at the border. The ring holds the zero point, t = 0, so D and T need no correction there.
template <class Arch>
struct OffsetEpilogue {
    static constexpr bool reads_digits = true;   ///< wants the product itself at every panel, and `totals` at every tile

    RealEpilogue<Arch> real;
    ProductPlan plan;
    InputOffset input;
    const float* bias;
    Int16* taps;   ///< scratch: the digits' sums, [tap][16]
    Int32 totals[tile_pixels]{};

    Size first = 0;
    TapSpan rows{}, columns{};
    alignas(32) Int32 all_taps[panel_outputs]{};
    alignas(32) float weight_scale[panel_outputs]{};
    alignas(32) float weight_offset[panel_outputs]{};
    alignas(32) float unit[panel_outputs]{};       ///< a * scale
    alignas(32) float total_unit[panel_outputs]{};   ///< b * scale
    alignas(32) float constant[panel_outputs]{};   ///< of the present rows and columns

    template <class Product>
    constexpr void begin_panel(const Product& product, Size first_output, Size count, const float* units) {
        first = first_output;
        rows = columns = {};
        product.tap_sums(taps);
        for (Size output = 0; output < panel_outputs; ++output) {
            const auto& own = product.levels[first + least(output, count - 1)];
            unit[output] = units[output];
            weight_scale[output] = own.scale;
            weight_offset[output] = Product::real_offset(own);
            total_unit[output] = weight_offset[output] * input.scale;
            all_taps[output] = 0;
            for (Size tap = 0; tap < plan.taps(); ++tap) all_taps[output] += taps[tap * panel_outputs + output] * input.zero;
        }
        real.begin_panel(first, count);
    }
    /// The constants of a pixel; they change only near the border.
    AQUATINT_INLINE constexpr void meet(Size row, Size column) {
        const Geometry& g = plan.product.geometry;
        const TapSpan inside_rows = taps_inside(row * g.stride, g.kernel_height, g.dilation, g.padding_height, plan.in.shape.height);
        const TapSpan inside_columns = taps_inside(column * g.stride, g.kernel_width, g.dilation, g.padding_width, plan.in.shape.width);
        if (rows == inside_rows && columns == inside_columns) return;
        rows = inside_rows;
        columns = inside_columns;
        find_constants();
    }
    AQUATINT_NOINLINE constexpr void find_constants() {
        const Size inside = (rows.last - rows.first) * (columns.last - columns.first) * plan.group_inputs();
        Int32 sums[panel_outputs]{};
        for (Size ky = rows.first; ky < rows.last; ++ky)
            for (Size kx = columns.first; kx < columns.last; ++kx)
                for (Size output = 0; output < panel_outputs; ++output)
                    sums[output] += taps[(ky * plan.product.geometry.kernel_width + kx) * panel_outputs + output];
        for (Size output = 0; output < panel_outputs; ++output) {
            const float own = output < real.writer.count ? bias[first + output] : 0.0f;
            const float digits = fused(weight_scale[output], static_cast<float>(sums[output]), 0.0f);
            const float offsets = fused(weight_offset[output], static_cast<float>(inside), digits);
            constant[output] = fused(input.offset, offsets, own);
        }
    }
    AQUATINT_INLINE constexpr void write(Size row, Size column, const Int32* sums, Size pixel) {
        meet(row, column);
        const float total = static_cast<float>(totals[pixel] - input.zero * static_cast<Int32>(plan.taps() * plan.group_inputs()));
        alignas(32) float values[panel_outputs]{};
        for (Size output = 0; output < panel_outputs; ++output) {
            const float steady = fused(total, total_unit[output], constant[output]);
            values[output] = fused(static_cast<float>(sums[output] - all_taps[output]), unit[output], steady);
        }
        real.write(row, column, values);
    }
};

}}  // namespace aquatint
