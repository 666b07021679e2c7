// SPDX-License-Identifier: BSL-1.0
// What lies under the kernel of some neighbouring pixels, in the form that products of one bit or two read it; and the walk over
// panels, tiles and pieces of inputs that these products share.
#pragma once

#include <aquatint/kernel/finish.hpp>
#include <aquatint/kernel/geometry.hpp>
#include <aquatint/kernel/lookup_form.hpp>
#include <aquatint/kernel/tiles.hpp>
#include <aquatint/pack/packed_view.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// The inputs under the kernel as `Stream` has them, for a tile of at most `Pixels` neighbours: its `write` turns vectors of
/// sixteen codes into `vector_bytes` each, `vector_units` of what windows count; its `write_zeros` makes one that lies outside of
/// the image.
template <class Stream, class Inputs, Size Pixels>
struct LookupInputs {
    using Element = std::remove_const_t<typename Inputs::Element>;
    static constexpr Size most_inputs = 1024;   ///< of a pixel at a time
    static constexpr Size bytes_of(Size inputs) { return inputs / vector_inputs * Stream::vector_bytes; }
    static constexpr Size units_of(Size inputs) { return inputs / vector_inputs * Stream::vector_units; }
    static constexpr Size most_bytes = bytes_of(most_inputs);

    Grid<const Element> image;
    Geometry geometry;
    Element zero;   ///< its code
    bool leaves_out = false;   ///< what lies outside of the image for neighbours that share, since it adds nothing
    const Byte* pixel[Pixels]{};
    Window window;        ///< of every pixel
    Size first_row = 0;   ///< of the kernel that the window begins with
    Size left_out = 0;    ///< inputs of the other rows
    Byte zeros[Stream::vector_bytes]{};
    alignas(64) Byte memory[Pixels * most_bytes];

    constexpr LookupInputs(const Inputs& inputs, const Geometry& sliding)
        : image(inputs.grid), geometry(sliding), zero(zero_code(inputs)) {
        Stream::write_zeros(zero, zeros);
    }
    LookupInputs(const LookupInputs&) = delete;

    constexpr Size taps() const { return geometry.kernel_height * geometry.kernel_width; }
    /// Whether neighbours share what lies under the kernel, of which `count` inputs are taken at a time.
    constexpr bool shares(Size count) const {
        return count == taps() * image.channels && geometry.dilation == 1 && geometry.stride < geometry.kernel_width;
    }

    /// Inputs first ... first + count of each pixel, in the order (ky, kx, channel); `first` is a multiple of sixteen.
    /// A tile's missing pixels are the last one.
    constexpr void write(Size row, Size column, Size pixels, Size first, Size count) {
        const Geometry& g = geometry;
        if (shares(count)) return write_shared(row, column, pixels);
        Byte* to = memory;
        for (Size p = 0; p < Pixels; ++p) {
            if (p >= pixels) {
                pixel[p] = pixel[pixels - 1];
                continue;
            }
            pixel[p] = to;
            for (Size i = first, run = 0; i < first + count; i += run) {
                const Size tap = i / image.channels, channel = i % image.channels;
                run = least(image.channels - channel, first + count - i);
                to = write_tap(row * g.stride + tap / g.kernel_width * g.dilation,
                               (column + p) * g.stride + tap % g.kernel_width * g.dilation, channel, run, to);
            }
        }
        window = {1, 0, 1, 0, units_of(round_up(count, vector_inputs))};
    }
    /// Inputs that are not there, up to the end of their vector, are code 0: to weights of 0 they are worth nothing.
    static constexpr Byte* write(const Byte* codes, Size count, Byte* to) {
        const Size whole = count / vector_inputs;
        Stream::write(codes, whole, to);
        to += whole * Stream::vector_bytes;
        if (count % vector_inputs == 0) return to;
        Byte present[vector_inputs]{};
        copy(codes + whole * vector_inputs, count % vector_inputs, present);
        Stream::write(present, 1, to);
        return to + Stream::vector_bytes;
    }

    /// Of the kernel, for neighbours in this row that share.
    constexpr KernelRows rows_of(Size row) const {
        const KernelRows all{0, geometry.kernel_height};
        return leaves_out ? rows_inside(geometry, image.height, row, row, all) : all;
    }

private:
    static constexpr Element zero_code([[maybe_unused]] const Inputs& inputs) {
        using Reader = typename Inputs::Reader;
        if constexpr (!Stream::learned && !Stream::signs) return static_cast<Byte>(ByteLevels<Reader>::zero(inputs.levels));
        else return 0;
    }
    /// Neighbours see the same columns, which lie once in memory.
    constexpr void write_shared(Size row, Size column, Size pixels) {
        const KernelRows rows = rows_of(row);
        const Size channels = image.channels, columns = (pixels - 1) * geometry.stride + geometry.kernel_width;
        const Size row_inputs = geometry.kernel_width * channels;
        Byte* to = memory;
        for (Size y = rows.first; y < rows.first + rows.count; ++y)
            to = write_columns(row * geometry.stride + y, column * geometry.stride, columns, to);
        for (Size p = 0; p < Pixels; ++p) pixel[p] = memory + bytes_of(least(p, pixels - 1) * geometry.stride * channels);
        window = {rows.count, units_of(columns * channels), 1, 0, units_of(row_inputs)};
        if (leaves_out && pixels == Pixels) {
            const KernelEnds ends = columns_outside(geometry, image.width, column, column + pixels - 1);
            window.first_outside = units_of(ends.first * channels);
            window.last_outside = units_of(ends.last * channels);
        }
        left_out = (geometry.kernel_height - rows.count) * row_inputs;
        first_row = rows.first;
    }
    /// Neighbouring pixels of a row of the image. Coordinates count from the padding's corner.
    constexpr Byte* write_columns(Size y, Size left, Size columns, Byte* to) const {
        const Size row = y - geometry.padding_height;   // wraps where it would be negative
        const Size channels = image.channels;
        if (row >= image.height) return write_zeros(columns * channels, to);
        const Size first = left < geometry.padding_width ? least(geometry.padding_width - left, columns) : 0;
        const Size end = geometry.padding_width + image.width, last = most(first, left < end ? least(end - left, columns) : 0);
        to = write_zeros(first * channels, to);
        const Size column = left + first - geometry.padding_width;
        if (image.column_pitch == channels && last != first) to = write(image.at(row, column), (last - first) * channels, to);
        else
            for (Size x = 0; x < last - first; ++x) to = write(image.at(row, column + x), channels, to);
        return write_zeros((columns - last) * channels, to);
    }
    /// Some channels of a pixel.
    constexpr Byte* write_tap(Size y, Size x, Size channel, Size count, Byte* to) const {
        const Size row = y - geometry.padding_height, column = x - geometry.padding_width;   // wrap where they would be negative
        if (row < image.height && column < image.width) return write(image.at(row, column) + channel, count, to);
        return write_zeros(count, to);
    }
    constexpr Byte* write_zeros(Size inputs, Byte* to) const {
        for (Byte* const end = to + bytes_of(inputs); to != end; to += Stream::vector_bytes)
            copy(zeros, Stream::vector_bytes, to);
        return to;
    }
};

/// Panels, blocks of tiles, pieces of inputs, tiles. Weights are decoded once for all tiles where the inputs are one piece.
template <class Block, class Finish>
constexpr void multiply_bits(Block& block, Finish& finish) {
    constexpr Size most = Block::most_pixels;
    const auto& grid = finish.to.grid;
    const Size tiles = grid.height * ceil_div(grid.width, most), panels = block.weights.shape.order().panels();
    const Size panels_at_once = least(block.panels_at_once(), panels);
    const Size tiles_at_once = Block::most_sums / block.summed(panels_at_once);
    block.tiles = tiles_at_once;
    for (Size panel = 0; panel < panels; panel += panels_at_once) {
        block.panel = panel;
        block.panels = least(panels_at_once, panels - panel);
        for (Size begin = 0; begin < tiles; begin += tiles_at_once) {
            const Size end = least(begin + tiles_at_once, tiles);
            for (Size from = 0; from < block.all; from += block.piece) {
                if (begin == 0 || block.piece < block.all) block.decode(from);
                for_each_tile<most>(grid.width, begin, end, [&](Size tile, Size row, Size column, Size pixels) {
                    block.add(tile, row, column, pixels, from);
                });
            }
            for (Size index = 0; index < block.panels; ++index) {
                block.finish_panel(index);
                finish.begin_panel(block);
                for_each_strip<most>(grid.width, begin, end, [&](Size tile, Size row, Size column, Size pixels) {
                    if constexpr (requires { block.finish_sums(tile, index, row, column, pixels); })
                        block.finish_sums(tile, index, row, column, pixels);
                    const Int32(*sums)[panel_outputs] = block.result(tile, index);
                    finish.write(row, column, pixels, sums);
                });
            }
        }
    }
}

}}  // namespace aquatint
