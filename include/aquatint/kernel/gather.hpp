// SPDX-License-Identifier: BSL-1.0
// The inputs under the kernel for a tile of pixels: read where they lie, or gathered, at the borders of images, at the end of
// memory, and where codes have to become something else.
#pragma once

#include <aquatint/kernel/copy.hpp>
#include <aquatint/kernel/numbers.hpp>
#include <aquatint/kernel/pieces.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// As what a kernel reads an element: a float as itself; a code as the byte of its level (integer kernels), or as its number.
template <class Number, Policy Reader>
struct InputReading {
    static constexpr bool bytes = std::is_same_v<Number, Byte>;

    static constexpr bool same = [] {   // no table is needed
        if constexpr (std::is_same_v<Reader, Real>) return true;
        else if constexpr (bytes) return codes_are_bytes<Reader>;
        else return false;
    }();

    Number table[same ? 1 : 256]{};
    Number zero{};   ///< what lies outside of an image

    constexpr explicit InputReading([[maybe_unused]] const typename Reader::Levels& levels) {
        if constexpr (bytes) zero = static_cast<Byte>(ByteLevels<Reader>::zero(levels));
        if constexpr (!same)
            for (unsigned code = 0; code < Reader::codes; ++code) {
                if constexpr (bytes) table[code] = ByteLevels<Reader>::byte(code, levels);
                else table[code] = Reader::decode(code, levels);
            }
    }
    template <class Element>
    constexpr Number operator()(Element element) const {
        if constexpr (same) return element;
        else return table[element];
    }
};

/// Where the inputs of a tile lie: `pixel[i]` is the first input of pixel i, `window` what follows.
template <class Number>
struct TileInputs {
    const Number* pixel[tile_pixels]{};
    Window window;
};

/// Finds or gathers the inputs of values, as numbers of this type. `Capacity`: inputs of a piece, in whole cells. What was gathered
/// stays until `forget`, while there is room: at least for one tile, and for several in 16 KB.
template <class NumberType, class Values, Size Capacity>
struct Gatherer {
    using Number = NumberType;
    using Element = std::remove_const_t<typename Values::Element>;
    using Reading = InputReading<Number, typename Values::Reader>;

    Grid<const Element> image;
    Geometry geometry;
    Reading reading;
    static constexpr Size room = most(tile_pixels * Capacity, Size(16384) / sizeof(Number));
    Size used = 0;
    alignas(64) Number scratch[room];

    constexpr Gatherer(const Values& values, const Geometry& window)
        : image(values.grid), geometry(window), reading(values.levels) {}

    constexpr void forget() { used = 0; }
    constexpr bool has_room(const Piece& piece) const { return used + tile_pixels * piece.cells() * cell_inputs <= room; }

    /// The inputs of `count` pixels from (row, column) on; a tile's missing pixels repeat the last one.
    constexpr TileInputs<Number> locate(const Piece& piece, Size row, Size column, Size count) {
        TileInputs<Number> inputs;
        if constexpr (Reading::same)
            if (readable_in_place(piece, row, column, count)) {
                const Size top = row * geometry.stride + piece.row * geometry.dilation - geometry.padding_height;
                const Size left = column * geometry.stride - geometry.padding_width;
                const Number* first = image.at(top, 0) + left * image.column_pitch + piece.first;
                for (Size pixel = 0; pixel < tile_pixels; ++pixel)
                    inputs.pixel[pixel] = first + least(pixel, count - 1) * geometry.stride * image.column_pitch;
                inputs.window = {piece.rows, geometry.dilation * image.row_pitch, 1, 0, piece.run};
                return inputs;
            }
        const Size pitch = round_up(piece.run, cell_inputs);
        for (Size pixel = 0; pixel < tile_pixels; ++pixel) {
            Number* const to = scratch + used + least(pixel, count - 1) * piece.rows * pitch;
            inputs.pixel[pixel] = to;
            for (Size i = 0; i < piece.rows && pixel < count; ++i) gather(piece, piece.row + i, row, column + pixel, to + i * pitch);
        }
        used += count * piece.rows * pitch;
        inputs.window = {piece.rows, pitch, 1, 0, piece.run};
        return inputs;
    }

private:
    /// Inside the image, adjacent, and with whole cells of bytes inside its memory. Coordinates count from the padding's corner.
    constexpr bool readable_in_place(const Piece& piece, Size row, Size column, Size count) const {
        const Geometry& g = geometry;
        const Size top = row * g.stride + piece.row * g.dilation, bottom = top + (piece.rows - 1) * g.dilation;
        const Size left = column * g.stride, last_left = (column + count - 1) * g.stride;
        if (g.kernel_width != 1 && g.dilation != 1) return false;
        if (top < g.padding_height || bottom >= g.padding_height + image.height) return false;
        if (left < g.padding_width || last_left + g.kernel_width > g.padding_width + image.width) return false;
        if constexpr (!Reading::bytes) return true;
        const Size last = (bottom - g.padding_height) * image.row_pitch + (last_left - g.padding_width) * image.column_pitch;
        return last + piece.first + round_up(piece.run, cell_inputs) <= image.reach();
    }
    /// A run of one kernel row, by stretches that are adjacent in memory (the whole row, or a tap), filled up to whole cells.
    constexpr void gather(const Piece& piece, Size kernel_row, Size row, Size column, Number* to) const {
        const Geometry& g = geometry;
        const Size y = row * g.stride + kernel_row * g.dilation, channels = image.channels;
        const bool inside = y >= g.padding_height && y < g.padding_height + image.height;
        const Size left_edge = g.padding_width * channels, right_edge = left_edge + image.width * channels;
        const Size stretch = g.dilation == 1 ? g.kernel_width * channels : channels;
        for (Size i = piece.first, count = 0; i < piece.first + piece.run; i += count, to += count) {
            count = least(stretch - i % stretch, piece.first + piece.run - i);
            const Size begin = (column * g.stride + i / stretch * g.dilation) * channels + i % stretch;
            const Size from = least(most(begin, left_edge), begin + count), end = most(least(begin + count, right_edge), from);
            if (!inside || from == end) {
                fill(to, count, reading.zero);
                continue;
            }
            fill(to, from - begin, reading.zero);
            const Size x = from - left_edge;
            read(image.at(y - g.padding_height, x / channels) + x % channels, end - from, to + (from - begin));
            fill(to + (end - begin), begin + count - end, reading.zero);
        }
        fill(to, round_up(piece.run, cell_inputs) - piece.run, reading.zero);
    }
    constexpr void read(const Element* from, Size count, Number* to) const {
        if constexpr (Reading::same) copy(from, count, to);
        else
            for (Size i = 0; i < count; ++i) to[i] = reading(from[i]);
    }
};

}}  // namespace aquatint
