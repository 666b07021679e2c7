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
/// D = sum of s * t and T = sum of t over the window, S = sum of s and n = number of inputs over the taps inside the image only:
/// these two change at the border. The ring holds the zero point, t = 0, so D and T need no correction there.
template <class Arch>
struct OffsetEpilogue {
    RealEpilogue<Arch> real;
    ProductPlan plan;
    InputOffset input;
    const float* bias;
    Int16* taps;      ///< scratch: the digits' sums, [tap][16]
    Int32* totals;    ///< scratch: T of every output pixel, then the sums of every input pixel

    /// Of each pixel of a strip, and of the strips below until the rows of taps inside the image change. Columns whose taps all
    /// lie inside, nearly all of them, share one.
    const float* constants[strip_pixels]{};
    alignas(32) float border[strip_pixels][panel_outputs]{};
    alignas(32) float common[panel_outputs]{};
    bool any_strip = false;
    Size strip_column = 0;
    TapSpan rows{};
    Size first = 0;
    bool centred = false;   ///< sums are D
    alignas(32) Int32 all_taps[panel_outputs]{};   ///< what sums of bytes have more than D
    alignas(32) float biases[panel_outputs]{};
    alignas(32) float weight_scale[panel_outputs]{};
    alignas(32) float weight_offset[panel_outputs]{};
    alignas(32) float unit[panel_outputs]{};         ///< a * scale
    alignas(32) float total_unit[panel_outputs]{};   ///< b * scale

    static constexpr Size scratch_totals(const ProductPlan& plan) {
        return plan.out.pixels() + plan.in.elements() / plan.in.shape.channels;
    }

    template <class Product>
    constexpr void begin_panel(const Product& product, Size first_output, Size count, const float* units) {
        if (first_output == 0) find_totals(product);
        first = first_output;
        centred = Product::centred;
        any_strip = false;
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
    /// T of every output pixel, from the sums of every input pixel, which are 0 in the ring: added up across, in place, then
    /// down. The last columns of a row, where no window begins, take in the next row.
    template <class Product>
    constexpr void find_totals(const Product& product) {
        const Geometry& g = plan.product.geometry;
        const Size channels = plan.in.shape.channels, pixels = plan.in.elements() / channels, pitch = plan.in.pitch() / channels;
        Int32* const sums = totals + plan.out.pixels();
        Chosen<PixelSums, Arch>::run(product.input, pixels, channels, input.zero * static_cast<Int32>(channels), sums);
        const Size reach = (g.kernel_width - 1) * g.dilation;
        if (g.kernel_width > 1) add_neighbours(sums, 1, pixels - reach, g.kernel_width, g.dilation, sums);
        for (Size row = 0; row < plan.out.height; ++row)
            add_neighbours(sums + plan.first_input(row, 0) / channels, g.stride, plan.out.width, g.kernel_height,
                           g.dilation * pitch, totals + row * plan.out.width);
    }
    /// to[i] = from[stride * i] and `terms` - 1 more, `apart` from each other.
    static constexpr void add_neighbours(const Int32* from, Size stride, Size count, Size terms, Size apart, Int32* to) {
        constexpr Size at_once = 8;
        Size i = 0;
        if (stride == 1)
            for (; i + at_once <= count; i += at_once) {
                Int32 sums[at_once]{};   // not in place: the compiler need not fear that they overlap what is added
                for (Size term = 0; term < terms; ++term)
                    for (Size lane = 0; lane < at_once; ++lane) sums[lane] += from[i + term * apart + lane];
                copy(sums, at_once, to + i);
            }
        for (; i < count; ++i) {
            Int32 sum = 0;
            for (Size term = 0; term < terms; ++term) sum += from[i * stride + term * apart];
            to[i] = sum;
        }
    }
    AQUATINT_NOINLINE constexpr void find_constants(const TapSpan& inside_rows, Size column, Size pixels) {
        const Geometry& g = plan.product.geometry;
        const TapSpan all{0, g.kernel_width};
        if (!any_strip || !(rows == inside_rows)) add_taps(inside_rows, all, common);
        rows = inside_rows;
        strip_column = column;
        any_strip = true;
        for (Size pixel = 0; pixel < pixels; ++pixel) {
            const TapSpan columns =
                taps_inside((column + pixel) * g.stride, g.kernel_width, g.dilation, g.padding_width, plan.in.shape.width);
            constants[pixel] = columns == all ? common : border[pixel];
            if (!(columns == all)) add_taps(rows, columns, border[pixel]);
        }
    }
    constexpr void add_taps(const TapSpan& down, const TapSpan& across, float* constant) const {
        const Size inside = (down.last - down.first) * (across.last - across.first) * plan.group_inputs();
        Int32 sums[panel_outputs]{};
        for (Size ky = down.first; ky < down.last; ++ky)
            for (Size kx = across.first; kx < across.last; ++kx)
                for (Size output = 0; output < panel_outputs; ++output)
                    sums[output] += taps[(ky * plan.product.geometry.kernel_width + kx) * panel_outputs + output];
        alignas(32) float result[panel_outputs]{};   // not in place: the compiler need not fear that it overlaps what is read
        for (Size output = 0; output < panel_outputs; ++output) {
            const float digits = fused(weight_scale[output], static_cast<float>(sums[output]), 0.0f);
            const float offsets = fused(weight_offset[output], static_cast<float>(inside), digits);
            result[output] = fused(input.offset, offsets, biases[output]);
        }
        copy(result, panel_outputs, constant);
    }
    /// The sums of `pixels` neighbours in a row, at most `strip_pixels`; they are used up.
    constexpr void write(Size row, Size column, Size pixels, Int32 (*sums)[panel_outputs]) {
        const Geometry& g = plan.product.geometry;
        const TapSpan inside = taps_inside(row * g.stride, g.kernel_height, g.dilation, g.padding_height, plan.in.shape.height);
        if (!any_strip || strip_column != column || !(rows == inside)) find_constants(inside, column, pixels);
        const Int32* total = totals + row * plan.out.width + column;
        if (!centred)
            for (Size pixel = 0; pixel < pixels; ++pixel)
                for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] -= all_taps[output];
        real.write_made(row, column, pixels, [&](Size pixel, float* values) AQUATINT_ALWAYS {
            Chosen<ToRealWithTotal, Arch>::run(sums[pixel], unit, static_cast<float>(total[pixel]), total_unit, constants[pixel],
                                               values);
        });
    }
};

}}  // namespace aquatint
