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

/// The rows or columns of a kernel that lie inside the image; {0, 0} for none.
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
    return span.last == 0 ? TapSpan{} : span;
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
    RealEpilogue<Arch> real;
    ProductPlan plan;
    InputOffset input;
    const float* bias;
    Int16* taps;      ///< scratch: the digits' sums, [tap][16]
    Int32* totals;    ///< scratch: T of every output pixel, then the sums of every input pixel

    /// What a panel needs to know of the present rows and columns of taps.
    struct Border {
        TapSpan columns{};
        alignas(32) float constant[panel_outputs]{};
    };
    /// Columns of a row whose taps all lie inside: nearly all of them. Columns come in ascending order, so where a border takes over
    /// the last place of `borders`, the common constant that may have stood there has done its row.
    struct Common {
        Size row = 0, first = 0, last = 0;
        const float* constant = nullptr;
    };
    Common common{};
    static constexpr Size columns_at_once = 8;
    static constexpr Size most_borders = 4;   ///< left, inside, right, and one for kernels wider than the image
    Border borders[most_borders]{};
    Size border_count = 0;
    TapSpan rows{};
    Size first = 0;
    bool centred = false;   ///< sums are D
    alignas(32) Int32 all_taps[panel_outputs]{};   ///< what sums of bytes have more than D
    alignas(32) float biases[panel_outputs]{};
    alignas(32) float weight_scale[panel_outputs]{};
    alignas(32) float weight_offset[panel_outputs]{};
    alignas(32) float unit[panel_outputs]{};         ///< a * scale
    alignas(32) float total_unit[panel_outputs]{};   ///< b * scale

    static constexpr Size scratch_totals(const ProductPlan& plan) { return plan.out.pixels() + plan.in.elements() / plan.in.shape.channels; }

    template <class Product>
    constexpr void begin_panel(const Product& product, Size first_output, Size count, const float* units) {
        if (first_output == 0) find_totals(product);
        first = first_output;
        centred = Product::centred;
        rows = {};
        border_count = 0;
        common = {};
        product.tap_sums(taps);
        for (Size output = 0; output < panel_outputs; ++output) {
            const auto& own = product.levels[first + least(output, count - 1)];
            unit[output] = units[output];
            biases[output] = output < count ? bias[first + output] : 0.0f;
            weight_scale[output] = own.scale;
            weight_offset[output] = Product::real_offset(own);
            total_unit[output] = weight_offset[output] * input.scale;
            all_taps[output] = 0;
            if constexpr (!Product::centred)
                for (Size tap = 0; tap < plan.taps(); ++tap)
                    all_taps[output] += taps[tap * panel_outputs + output] * input.zero;
        }
        real.begin_panel(first, count);
    }
    /// T of every output pixel, from the channel sums of every input pixel, the ring included.
    template <class Product>
    constexpr void find_totals(const Product& product) {
        const Geometry& g = plan.product.geometry;
        const Size channels = plan.in.shape.channels, across = plan.in.pitch() / channels;
        Int32* sums = totals + plan.out.pixels();
        product.pixel_sums(input.zero, sums);
        for (Size row = 0; row < plan.out.height; ++row)
            for (Size column = 0; column < plan.out.width; column += columns_at_once) {
                const Size count = least(columns_at_once, plan.out.width - column);
                const Int32* from = sums + plan.first_input(row, column) / channels;
                Int32* to = totals + row * plan.out.width + column;
                if (g.stride == 1 && count == columns_at_once) add_windows<columns_at_once>(from, across, to);
                else
                    for (Size i = 0; i < count; ++i) add_windows<1>(from + i * g.stride, across, to + i);
            }
    }
    /// The sums under `Count` neighbouring windows.
    template <Size Count>
    constexpr void add_windows(const Int32* from, Size across, Int32* to) const {
        const Geometry& g = plan.product.geometry;
        Int32 windows[Count]{};   // not in place: the compiler need not fear that they overlap what is added
        for (Size ky = 0; ky < g.kernel_height; ++ky)
            for (Size kx = 0; kx < g.kernel_width; ++kx) {
                const Int32* tap = from + (ky * across + kx) * g.dilation;
                for (Size i = 0; i < Count; ++i) windows[i] += tap[i];
            }
        copy(windows, Count, to);
    }
    AQUATINT_NOINLINE constexpr const float* border_constants(Size row, Size column) {
        const Geometry& g = plan.product.geometry;
        const TapSpan inside_rows = taps_inside(row * g.stride, g.kernel_height, g.dilation, g.padding_height, plan.in.shape.height);
        const TapSpan inside = taps_inside(column * g.stride, g.kernel_width, g.dilation, g.padding_width, plan.in.shape.width);
        if (!(rows == inside_rows)) {
            rows = inside_rows;
            border_count = 0;
        }
        const float* constant = nullptr;
        for (Size i = 0; i < border_count; ++i)
            if (borders[i].columns == inside) constant = borders[i].constant;
        if (constant == nullptr) constant = add_border(inside);
        const Size reach = g.dilation * (g.kernel_width - 1);
        if (inside == TapSpan{0, g.kernel_width} && (row != common.row || constant != common.constant))
            common = {row, ceil_div(g.padding_width, g.stride),
                      (plan.in.shape.width + g.padding_width - reach - 1) / g.stride + 1, constant};
        return constant;
    }
    constexpr const float* add_border(TapSpan columns) {
        Border& border = borders[border_count == most_borders ? most_borders - 1 : border_count++];
        border.columns = columns;
        const Size inside = (rows.last - rows.first) * (columns.last - columns.first) * plan.group_inputs();
        Int32 sums[panel_outputs]{};
        for (Size ky = rows.first; ky < rows.last; ++ky)
            for (Size kx = columns.first; kx < columns.last; ++kx)
                for (Size output = 0; output < panel_outputs; ++output)
                    sums[output] += taps[(ky * plan.product.geometry.kernel_width + kx) * panel_outputs + output];
        alignas(32) float constant[panel_outputs]{};   // not in place: the compiler need not fear that it overlaps what is read
        for (Size output = 0; output < panel_outputs; ++output) {
            const float digits = fused(weight_scale[output], static_cast<float>(sums[output]), 0.0f);
            const float offsets = fused(weight_offset[output], static_cast<float>(inside), digits);
            constant[output] = fused(input.offset, offsets, biases[output]);
        }
        copy(constant, panel_outputs, border.constant);
        return border.constant;
    }
    /// The sums of `pixels` neighbours in a row, at most `strip_pixels`. Constants change only near the border.
    constexpr void write(Size row, Size column, Size pixels, Int32 (*sums)[panel_outputs]) {
        for (Size done = 0, count = 0; done < pixels; done += count) {
            const Size at = column + done;
            const auto alike = [&] { return row == common.row && at >= common.first && at < common.last; };
            const float* constant = alike() ? common.constant : border_constants(row, at);
            count = alike() ? least(common.last, column + pixels) - at : 1;
            write_alike(row, at, count, constant, sums + done);
        }
    }
    constexpr void write_alike(Size row, Size column, Size pixels, const float* constant, Int32 (*sums)[panel_outputs]) {
        const Int32* total = totals + row * plan.out.width + column;
        if (!centred)
            for (Size pixel = 0; pixel < pixels; ++pixel)
                for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] -= all_taps[output];
        real.write_made(row, column, pixels, [&](Size pixel, float* values) AQUATINT_ALWAYS {
            Chosen<ToRealWithTotal, Arch>::run(sums[pixel], unit, static_cast<float>(total[pixel]), total_unit, constant, values);
        });
    }
};

}}  // namespace aquatint
