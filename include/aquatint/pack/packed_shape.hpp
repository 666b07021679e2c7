// SPDX-License-Identifier: BSL-1.0
// The shape of a packed tensor, and from it where every code lies and how many bytes there are.
#pragma once

#include <aquatint/base/error.hpp>
#include <aquatint/pack/cells.hpp>
#include <aquatint/pack/real_order.hpp>
#include <aquatint/policy/granularity.hpp>
#include <aquatint/policy/real.hpp>
#include <type_traits>

namespace aquatint { inline namespace v0 {

inline constexpr Size packed_alignment = 64;

/// Weights [outputs][inputs] of a matrix, or [outputs][inputs][kernel_height][kernel_width] of a convolution, in the order of the
/// kernels: 1 to 8 bits in cells (pack/cells.hpp), Real as floats (pack/real_order.hpp). The inputs of an output lie in segments,
/// one for each kernel row, in which the channels of a pixel are adjacent.
template <class Quantizer>
struct PackedShape {
    using Reader = typename Quantizer::Reader;
    using Granularity = typename Quantizer::Granularity;
    using Levels = typename Reader::Levels;
    static constexpr bool real = std::is_same_v<Reader, Real>;
    using Number = std::conditional_t<real, float, Byte>;
    /// So many inputs of an output share levels; 0: all of them.
    static constexpr Size group = [] {
        if constexpr (requires { Granularity::length; }) return Granularity::length;
        else return Size(0);
    }();

    Size outputs = 0;
    Size inputs = 0;
    Size kernel_height = 1;
    Size kernel_width = 1;

    constexpr Size taps() const { return kernel_height * kernel_width; }
    constexpr Size columns() const { return inputs * taps(); }   ///< weights of one output
    /// Weights of one output that share levels.
    constexpr Size shared_inputs() const { return group == 0 ? columns() : least(group, columns()); }
    constexpr Size elements() const { return outputs * columns(); }
    constexpr Segments segments() const { return {kernel_height, kernel_width * inputs}; }

    constexpr auto order() const {
        if constexpr (real) return RealOrder{outputs, columns()};
        else return CellOrder{Reader::bits, outputs, segments()};
    }
    /// The place of a weight in a row [inputs][kernel_height][kernel_width], and where that lies among the segments.
    constexpr Size column(Size input, Size ky, Size kx) const { return (input * kernel_height + ky) * kernel_width + kx; }
    struct Place {
        Size segment, input;
    };
    constexpr Place place(Size column) const {
        const Size tap = column % taps();
        return {tap / kernel_width, tap % kernel_width * inputs + column / taps()};
    }
    constexpr Size real_place(Size output, Size of_column) const {
        const Place at = place(of_column);
        return RealOrder{outputs, columns()}.place(output, at.segment * segments().run + at.input);
    }

    constexpr Size level_count() const { return std::is_empty_v<Levels> ? 0 : Granularity::count(outputs, columns()); }
    constexpr Size level_of(Size output, Size column) const { return Granularity::group(output, column, columns()); }

    /// Bytes, or floats, of sixteen outputs.
    constexpr Size panel_numbers() const {
        if constexpr (real) return order().panel_floats();
        else return order().panel_bytes();
    }
    /// Codes with the padding of cells, panels and alignment.
    constexpr Size code_bytes() const {
        if constexpr (real) return order().floats() * sizeof(float);
        else return round_up(order().bytes(), packed_alignment);
    }
    constexpr Size level_bytes() const { return level_count() * sizeof(Levels); }
    /// All of it, as in `sizeof(Packed<...>)`: codes, then levels, then zeros up to a multiple of 64.
    constexpr Size bytes() const { return round_up(code_bytes() + level_bytes(), packed_alignment); }
    /// What the weights would take without any padding: their bits and their levels.
    constexpr UInt64 payload_bits() const { return UInt64(elements()) * Reader::bits + UInt64(level_bytes()) * 8; }

    /// Sizes that can be computed with, and groups that kernels can follow. Always inline: the linker could merge it with a copy
    /// compiled for another processor (tests/odr).
    AQUATINT_INLINE constexpr Error refusal() const {
        const Size sizes[] = {outputs, inputs, kernel_height, kernel_width};
        const Size limits[] = {1 << 24, 1 << 24, 1 << 6, 1 << 6};   // so that 64 bits count their bytes
        for (int i = 0; i < 4; ++i)
            if (sizes[i] == 0 || sizes[i] > limits[i]) {
                Error e = error("packed weights have 1 to 2^24 outputs and inputs, and a kernel of 1 to 64", "weights");
                e.found.append_number(static_cast<Int64>(sizes[i]));
                return e;
            }
        if (group != 0 && taps() != 1)
            return error("levels by group are for matrices, not for kernels", "weights", 1, static_cast<Int64>(taps()));
        if constexpr (sizeof(Size) < sizeof(UInt64)) {   // where sizes within these limits can be more than there are addresses
            const UInt64 columns_and_padding = (UInt64(inputs) * kernel_width + cell_inputs) * kernel_height;
            const UInt64 most_codes = (UInt64(outputs) + panel_outputs) * columns_and_padding * sizeof(Number),
                         most_levels = UInt64(outputs) * (group == 0 ? 1 : inputs / group + 1) * sizeof(Levels);
            if (most_codes + most_levels > ~Size(0) / 2)
                return error("packed weights take less than half of all addresses", "weights");
        }
        return {};
    }

    static_assert(real || Reader::bits <= 8, "aquatint: packed weights have 1 to 8 bits, or are Real");
};

}}  // namespace aquatint::v0
