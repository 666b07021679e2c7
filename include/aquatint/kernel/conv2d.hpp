// SPDX-License-Identifier: BSL-1.0
// conv2d: a packed kernel over the user's own images, which need no border in memory.
#pragma once

#include <aquatint/kernel/multiply.hpp>

namespace aquatint { inline namespace v0 {

/// How a kernel moves over an image.
struct Sliding {
    static constexpr Size same = ~Size(0);   ///< as much padding as keeps the shape where the stride is one

    Size stride = 1;
    Size dilation = 1;
    Size padding = same;   ///< rows and columns of zeros around the image

    template <class Quantizer>
    constexpr Geometry geometry(const PackedShape<Quantizer>& weights) const {
        Geometry g{weights.kernel_height, weights.kernel_width, stride, dilation};
        g.padding_height = padding == same ? (g.reach_height() - 1) / 2 : padding;
        g.padding_width = padding == same ? (g.reach_width() - 1) / 2 : padding;
        return g;
    }
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// With such steps and borders, sizes of padded images can be counted.
constexpr Error sliding_refused(const Sliding& sliding) {
    constexpr Size most_steps = 1 << 24;
    if (sliding.stride == 0 || sliding.dilation == 0) return error("stride and dilation are at least one", "kernel", 1, 0);
    const Size largest = most(most(sliding.stride, sliding.dilation), sliding.padding == Sliding::same ? 0 : sliding.padding);
    if (largest <= most_steps) return {};
    return error("stride, dilation and padding are at most 2^24", "kernel", most_steps, static_cast<Int64>(largest));
}

template <class Quantizer, class Inputs, class Outputs>
constexpr Error images_disagree(const PackedShape<Quantizer>& weights, const Grid<Inputs>& inputs, const Geometry& geometry,
                                const Grid<Outputs>& outputs) {
    constexpr const char* rule = "images have a channel for each input and output of the weights";
    if (const Error e = counts_differ(rule, "inputs", weights.inputs, inputs.channels)) return e;
    if (const Error e = counts_differ(rule, "outputs", weights.outputs, outputs.channels)) return e;
    const auto size = [](Size height, Size width) {
        return Text<79>().append_number(static_cast<Int64>(height)).append(" x ").append_number(static_cast<Int64>(width));
    };
    const Shape in{inputs.height, inputs.width, inputs.channels};
    if (!geometry.fits(in)) {
        const auto padded = size(in.height + 2 * geometry.padding_height, in.width + 2 * geometry.padding_width);
        return error("the padded image is as large as the kernel's reach", "inputs",
                     size(geometry.reach_height(), geometry.reach_width()).c_str(), padded.c_str());
    }
    const Shape out = geometry.output(in, weights.outputs);
    if (outputs.height != out.height || outputs.width != out.width)
        return error("kernel, stride and padding give the size of the outputs", "outputs", size(out.height, out.width).c_str(),
                     size(outputs.height, outputs.width).c_str());
    return {};
}

/// Weights [outputs][inputs][kernel_height][kernel_width] over an image of `inputs` channels, into one of `outputs` channels. As
/// matmul in all else: floats or `coded<Policy>(view, levels)`, one exact sum or one chain over (ky, kx, channel) for each
/// output. What lies outside of the image is zero, and may be left out of a chain: weights are finite.
template <class Arch = Native, PackedSource Weights, class Inputs, class Outputs>
constexpr Error conv2d(const Weights& weights, const Inputs& inputs, const Outputs& outputs, const Sliding& sliding = {},
                       const Epilogue& epilogue = {}) {
    constexpr bool fits = ViewedAs<const Inputs, ImageView> && ViewedAs<const Outputs, ImageView>;
    static_assert(fits, "aquatint: conv2d reads and writes images: ImageView, or coded<Policy>(ImageView, levels)");
    if constexpr (fits) {
        const auto from = values_of(as_view(inputs));
        const auto to = values_of(as_view(outputs));
        if (const Error e = sliding_refused(sliding)) return e;
        const Geometry geometry = sliding.geometry(weights.view().shape);
        if (const Error e = images_disagree(weights.view().shape, from.grid, geometry, to.grid)) return e;
        return multiply<Arch>(weights, from, geometry, to, epilogue);
    } else {
        return {};
    }
}

}}  // namespace aquatint
