// SPDX-License-Identifier: BSL-1.0
// From a product's geometry to the runs of adjacent inputs under its kernel, for the kernels and for those who pack weights.
#pragma once

#include <aquatint/arch/operations.hpp>
#include <aquatint/kernel/geometry.hpp>

namespace aquatint { inline namespace v0 {

/// The rows of a tensor in memory: pixels of `channels` elements with a ring of `halo` pixels around them.
struct Extent {
    Shape shape;
    Size halo = 0;

    constexpr Size pitch() const { return (shape.width + 2 * halo) * shape.channels; }
    constexpr Size elements() const { return (shape.height + 2 * halo) * pitch(); }
    constexpr Size at(Size row, Size column) const { return (row + halo) * pitch() + (column + halo) * shape.channels; }
};

/// Some rows of a kernel.
struct KernelRows {
    Size first = 0, count = 0;
};
/// Without the first and the last ones that, for all output rows row ... last_row, lie outside
/// of an image of this height; one is left.
constexpr KernelRows rows_inside(const Geometry& g, Size height, Size row, Size last_row, KernelRows rows) {
    for (; rows.count > 1 && last_row * g.stride + rows.first * g.dilation < g.padding_height; --rows.count) ++rows.first;
    const Size bottom = g.padding_height + height;
    while (rows.count > 1 && row * g.stride + (rows.first + rows.count - 1) * g.dilation >= bottom) --rows.count;
    return rows;
}

/// Columns of a kernel that lie outside of an image: before it, of the first of some neighbours in a row, and past it, of
/// the last.
struct KernelEnds {
    Size first = 0, last = 0;
};
constexpr KernelEnds columns_outside(const Geometry& g, Size width, Size column, Size last_column) {
    if (g.dilation != 1) return {};
    const Size left = column * g.stride, right = last_column * g.stride + g.kernel_width, edge = g.padding_width + width;
    const KernelEnds ends{left < g.padding_width ? g.padding_width - left : 0, right > edge ? right - edge : 0};
    return ends.first + ends.last < g.kernel_width ? ends : KernelEnds{};
}

/// A product over an input of this extent: which weights an output has, and where their inputs lie.
struct ProductPlan {
    Product product;
    Extent in;
    Shape out;

    constexpr Size groups() const { return product.geometry.groups; }
    constexpr Size group_inputs() const { return in.shape.channels / groups(); }
    constexpr Size group_outputs() const { return product.outputs / groups(); }
    constexpr bool depthwise() const { return groups() > 1 && group_inputs() == 1 && group_outputs() == 1; }
    /// The inputs under a kernel row are adjacent unless columns or channels are left out.
    constexpr bool adjacent() const { return groups() == 1 && product.geometry.dilation == 1; }

    constexpr Window window() const {
        const Geometry& g = product.geometry;
        if (adjacent()) return {g.kernel_height, in.pitch(), 1, 0, g.kernel_width * in.shape.channels};
        return {g.kernel_height, g.dilation * in.pitch(), g.kernel_width, g.dilation * in.shape.channels, group_inputs()};
    }
    /// Whether it is one row of whole cells times a matrix: a dense layer, or a convolution that sees one pixel.
    constexpr bool is_row() const {
        const Window reach = window();
        const bool inside = product.geometry.padding_height == 0 && product.geometry.padding_width == 0;
        const bool in_one_run = reach.columns == 1 && (reach.rows == 1 || reach.row_pitch == reach.run);
        return out.pixels() == 1 && groups() == 1 && inside && in_one_run && reach.run % cell_inputs == 0;
    }
    /// The inputs of one output: of one group, or, depthwise, the taps of one channel.
    constexpr Segments segments() const {
        if (depthwise()) return {1, taps()};
        return window().segments();
    }
    /// Where weight (channel of the group, ky, kx) stands among the segments.
    struct Place {
        Size segment, input;
    };
    constexpr Place place(Size channel, Size ky, Size kx) const {
        const Size tap = ky * product.geometry.kernel_width + kx;
        if (depthwise()) return {0, tap};
        if (adjacent()) return {ky, kx * in.shape.channels + channel};
        return {tap, channel};
    }
    /// How often weights are packed: once, or for each group of a grouped convolution that is not depthwise.
    constexpr Size parts() const { return depthwise() ? 1 : groups(); }
    constexpr Size part_outputs() const { return product.outputs / parts(); }
    constexpr Size taps() const { return product.geometry.kernel_height * product.geometry.kernel_width; }
    constexpr Size weights() const { return product.outputs * segments().inputs(); }
    constexpr Size multiplications() const { return weights() * out.pixels(); }
    /// The first input under the kernel of an output pixel.
    constexpr Size first_input(Size row, Size column) const {
        const Geometry& g = product.geometry;
        return (row * g.stride + in.halo - g.padding_height) * in.pitch() +
               (column * g.stride + in.halo - g.padding_width) * in.shape.channels;
    }
};

}}  // namespace aquatint::v0
