// SPDX-License-Identifier: BSL-1.0
// Products of the dot family: weights decoded to digits panel by panel, inputs as bytes, exact sums.
#pragma once

#include <aquatint/base/indices.hpp>
#include <aquatint/kernel/epilogue.hpp>
#include <aquatint/policy/binary.hpp>
#include <aquatint/policy/byte_reading.hpp>

namespace aquatint { inline namespace v0 {

/// A sum of products stays below this in magnitude and a bias within its own limit, so that together they stay below 2^30 and a
/// shortcut, clamped to 2^30, can be added in 32 bits.
inline constexpr UInt64 accumulator_limit = UInt64(3) << 28;
inline constexpr Int32 bias_limit = 1 << 28;

/// Weights of several digits, of an offset, or of digits times a basis: they are put together when a panel is decoded, in 16
/// bits, which all of them fit (`largest_joined`).
template <DigitReading Weight>
inline constexpr bool joined = Terms<Weight>::count > 1 || Terms<Weight>::planes;
inline constexpr Int32 largest_joined = 32767;

/// How many products of two inputs may be added in 16 bits; 0 where the weights themselves have 16.
template <DigitReading Weight, int LargestInput>
inline constexpr unsigned dot_steps = joined<Weight> ? 0 : steps_in_16_bits(LargestInput, largest_digit<Weight>);

/// The scratch of one product step: digits of a panel, and its weights as 16-bit numbers where they are needed.
struct DigitScratch {
    Int8* digits = nullptr;
    Int16* wide = nullptr;
};
constexpr Size digit_bytes(const ProductPlan& plan) { return plan.segments().cells() * panel_outputs * cell_inputs; }

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The products of its dot routine never saturate: digits that fit a byte need not be widened.
template <class Arch>
inline constexpr bool takes_any_bytes = requires { requires Chosen<DotTile<1, 1>, Arch>::any_bytes; };

/// One part of a product (all of it, unless the convolution has groups): weights, levels and their outputs.
template <class Arch, DigitReading Weight, int LargestInput>
struct IntegerProduct {
    using Processor = Arch;
    using Levels = typename Weight::Levels;
    using DigitPolicy = std::conditional_t<SignReading<Weight>, Binary, Weight>;   ///< decodes the same codes to the same digits
    static constexpr unsigned steps = takes_any_bytes<Arch> && !joined<Weight> ? most(dot_steps<Weight, LargestInput>, 1u)
                                                                               : dot_steps<Weight, LargestInput>;
    static constexpr unsigned terms = Terms<Weight>::count;
    static constexpr bool centred = false;   ///< sums are of the input's bytes, not of bytes less their zero point
    static constexpr Size most_pixels = dot_tile_pixels<Arch>;
    /// Codes that are bytes in two's complement are digits as they lie: nothing is decoded.
    static constexpr bool stored_as_digits = [] {
        if (Weight::bits != 8 || Terms<Weight>::has_zero || joined<Weight>) return false;
        for (unsigned code = 0; code < Weight::codes; ++code)
            if (Terms<Weight>::digit(code, 0) != static_cast<Int8>(code)) return false;
        return true;
    }();

    const ProductPlan& plan;
    const Byte* weights;
    const Levels* levels;
    float input_scale;
    const Byte* input;
    DigitScratch scratch;
    bool zero_adds_nothing = false;   ///< the byte of a zero is 0: rows of the kernel in the ring may be left out

    const Int8* digits = nullptr;   ///< of the present panel

    /// Fills digits and the constants of the sixteen outputs.
    constexpr void begin_panel(Size part, Size panel, Size count, float* units) {
        const Segments segments = plan.segments();
        const CellOrder order{Weight::bits, plan.part_outputs(), segments};
        const Byte* packed = weights + part * order.bytes() + panel * order.panel_bytes();
        const Levels* own = levels + part * plan.part_outputs() + panel * panel_outputs;
        if (count == panel_outputs) {
            float products[panel_outputs];   // not in place: the compiler need not fear that they overlap the levels
            for (Size output = 0; output < panel_outputs; ++output) products[output] = own[output].scale * input_scale;
            copy(products, panel_outputs, units);
        } else
            for (Size output = 0; output < panel_outputs; ++output)
                units[output] = own[least(output, count - 1)].scale * input_scale;
        Int8 digit_zeros[panel_outputs]{};
        if constexpr (Terms<Weight>::has_zero)
            for (Size output = 0; output < count; ++output)
                digit_zeros[output] = static_cast<Int8>(Terms<Weight>::zero(own[output]));
        if constexpr (stored_as_digits)
            if (!std::is_constant_evaluated()) {
                digits = reinterpret_cast<const Int8*>(packed);
                if constexpr (steps == 0) Chosen<WidenDigits, Arch>::run(digits, segments.cells(), scratch.wide);
                return;
            }
        digits = scratch.digits;
        if constexpr (joined<Weight>) return join(packed, order, own, count);
        Chosen<DecodeDigits<DigitPolicy, 0>, Arch>::run(packed, order, Terms<Weight>::has_zero ? digit_zeros : nullptr,
                                                        scratch.digits);
        if (Terms<Weight>::digit(0, 0) != 0 || Terms<Weight>::has_zero)
            for_each_padding(segments, [&](Size cell, Size output, Size at) {
                scratch.digits[(cell * panel_outputs + output) * cell_inputs + at] = 0;
            });
        if constexpr (steps == 0) Chosen<WidenDigits, Arch>::run(digits, segments.cells(), scratch.wide);
    }
    /// Whole weights in 16 bits: digits times coefficients, less the zero point. Outputs past `count` are zero.
    constexpr void join(const Byte* packed, const CellOrder& order, const Levels* own, Size count) const {
        const Segments& segments = order.inputs;
        for_each_index(IndicesBelow<terms>{}, [&]<Size Term>() {
            Int16 coefficients[panel_outputs]{}, start[panel_outputs]{};
            for (Size output = 0; output < count; ++output) {
                coefficients[output] = static_cast<Int16>(Terms<Weight>::coefficient(own[output], Term));
                start[output] = static_cast<Int16>(-Terms<Weight>::zero(own[output]));
            }
            Chosen<DecodeDigits<DigitPolicy, Term>, Arch>::run(packed, order, nullptr, scratch.digits);
            Chosen<JoinDigits, Arch>::run(scratch.digits, segments.cells(), coefficients, Term == 0 ? start : nullptr,
                                          scratch.wide);
        });
        for_each_padding(segments, [&](Size cell, Size output, Size at) {
            scratch.wide[wide_place(cell, output, at)] = 0;
        });
    }
    /// Inputs past a run are whatever lies there: their weights must be zero.
    template <class Clear>
    static constexpr void for_each_padding(const Segments& segments, Clear&& clear) {
        const Size used = segments.run % cell_inputs;
        if (used == 0) return;
        for (Size segment = 0; segment < segments.segments; ++segment)
            for (Size output = 0; output < panel_outputs; ++output)
                for (Size unused = used; unused < cell_inputs; ++unused)
                    clear((segment + 1) * segments.cells_per_segment() - 1, output, unused);
    }

    /// Of the present panel: input `at` of a cell.
    constexpr Int32 weight(Size cell, Size output, Size at) const {
        if constexpr (joined<Weight>) return scratch.wide[wide_place(cell, output, at)];
        else return digits[(cell * panel_outputs + output) * cell_inputs + at];
    }
    static constexpr float real_offset(const Levels& own) {
        if constexpr (SignReading<Weight>) return own.offset;
        else return 0;
    }
    /// sums[tap][output]: the digits of one tap of the kernel, over its channels.
    constexpr void tap_sums(Int16* sums) const {
        const Size channels = plan.group_inputs(), kernel_width = plan.product.geometry.kernel_width;
        for (Size tap = 0; tap < plan.taps(); ++tap) {
            const auto [segment, first] = plan.place(0, tap / kernel_width, tap % kernel_width);
            Int32 total[1][panel_outputs]{};
            const Size cell = segment * plan.segments().cells_per_segment() + first / cell_inputs;
            if (first % cell_inputs == 0 && channels % cell_inputs == 0)
                add_ones(digits + cell * panel_outputs * cell_inputs, channels, total);
            else
                for (Size index = first; index < first + channels; ++index)
                    for (Size output = 0; output < panel_outputs; ++output) {
                        const Size at = segment * plan.segments().cells_per_segment() + index / cell_inputs;
                        total[0][output] += weight(at, output, index % cell_inputs);
                    }
            for (Size output = 0; output < panel_outputs; ++output)
                sums[tap * panel_outputs + output] = static_cast<Int16>(total[0][output]);
        }
    }
    /// Whole cells of digits, summed by the dot routine against ones.
    static constexpr void add_ones(const Int8* cells, Size inputs, Int32 (&total)[1][panel_outputs]) {
        constexpr Byte ones[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        const Byte* pixel = ones;
        for (Size done = 0; done < inputs; done += 16) {
            Int32 part[1][panel_outputs]{};
            const Size count = least<Size>(16, inputs - done);
            Chosen<DotTile<1, 1>, Arch>::run(cells + done * panel_outputs, &pixel, Window{1, 0, 1, 0, count}, part);
            for (Size output = 0; output < panel_outputs; ++output) total[0][output] += part[0][output];
        }
    }

    static constexpr Size bytes_of(Size inputs) { return inputs; }
    constexpr const Byte* inputs_at(Size offset) const { return input + offset; }
    /// `first_cell`: of the digits, where the window begins further down.
    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Byte* const* pixels, const Window& window, Int32 (*sums)[panel_outputs],
                                       Size first_cell = 0) const {
        const Size first = first_cell * panel_outputs * cell_inputs;
        if constexpr (steps == 0) Chosen<DotTile<steps, Pixels>, Arch>::run(scratch.wide + first, pixels, window, sums);
        else Chosen<DotTile<steps, Pixels>, Arch>::run(digits + first, pixels, window, sums);
    }
    template <Size Pixels>
    AQUATINT_INLINE constexpr void sum(const Byte* const* pixels, const Window& window, const SumRows (&sums)[1],
                                       Size first_cell) const {
        sum<Pixels>(pixels, window, sums[0], first_cell);
    }
};

/// Walks parts, panels, strips and tiles; `epilogue.begin_panel(first, count, units)` and `epilogue.write(row, column, pixels,
/// sums)` do the rest, a strip at a time, after `product.finish_sums` where a product has it; `product.begin_rows` hears which
/// rows of the kernel are summed. Panels that are computed at once, a whole part of all, have an epilogue each.
template <class Product, class Epilogue, Size Panels>
constexpr void integer_product(Product& product, Epilogue (&epilogues)[Panels]) {
    const ProductPlan& plan = product.plan;
    Window window = plan.window();
    const KernelRows all{0, window.rows};
    const Size row_cells = window.columns * window.segments().cells_per_segment();
    const Size step = Product::bytes_of(plan.product.geometry.stride * plan.in.shape.channels);
    const Size panels = ceil_div(plan.part_outputs(), panel_outputs);
    const bool leaves_out_columns = product.zero_adds_nothing && plan.product.geometry.padding_width != 0 && plan.adjacent() &&
                                    plan.in.shape.channels % cell_inputs == 0;
    Tile<Int32, strip_pixels> sums[Panels];   // no initial values: for a small product they would take long
    for (Size part = 0; part < plan.parts(); ++part)
        for (Size panel = 0; panel < panels; panel += Panels) {
            for (Size own = 0; own < Panels; ++own) {
                auto& epilogue = epilogues[own];
                const Size first = (panel + own) * panel_outputs;
                const Size count = least(panel_outputs, plan.part_outputs() - first);
                alignas(32) float units[panel_outputs]{};
                product.begin_panel(part, panel + own, count, units);
                if constexpr (requires { epilogue.begin_panel(product, first, count, units); })
                    epilogue.begin_panel(product, first, count, units);
                else epilogue.begin_panel(part * plan.part_outputs() + first, count, units);
            }
            for (Size row = 0; row < plan.out.height; ++row) {
                const KernelRows rows =
                    product.zero_adds_nothing ? rows_inside(plan.product.geometry, plan.in.shape.height, row, row, all) : all;
                window.rows = rows.count;
                if constexpr (requires { product.begin_rows(rows); }) product.begin_rows(rows);
                const Size first_cell = rows.first * row_cells;
                const Byte* line =
                    product.inputs_at(plan.first_input(row, 0) + part * plan.group_inputs() + rows.first * window.row_pitch);
                const auto sum = [&]<Size Pixels>(const Byte* const* pixels, Size first) AQUATINT_ALWAYS {
                    SumRows own[Panels]{};
                    for (Size at = 0; at < Panels; ++at) own[at] = sums[at].value + first;
                    product.template sum<Pixels>(pixels, window, own, first_cell);
                };
                const auto write = [&](Size column, Size pixels) AQUATINT_ALWAYS {
                    if constexpr (requires { product.finish_sums(row, column, pixels, sums[0].value); })
                        product.finish_sums(row, column, pixels, sums[0].value);
                    for (Size own = 0; own < Panels; ++own) epilogues[own].write(row, column, pixels, sums[own].value);
                };
                if (plan.out.width == 1) {
                    sum.template operator()<1>(&line, 0);
                    write(0, 1);
                    continue;
                }
                for (Size strip = 0; strip < plan.out.width; strip += strip_pixels) {
                    const Size end = least(strip + strip_pixels, plan.out.width);
                    const Byte* next = line + strip * step;
                    Size column = strip;
                    const auto add_tile = [&]<Size Pixels>() AQUATINT_ALWAYS {
                        const Byte* pixels[Pixels]{};
                        const Size last = least(Pixels, end - column) - 1;
                        for_each_index(IndicesBelow<Pixels>{}, [&]<Size Pixel>() AQUATINT_ALWAYS {
                            pixels[Pixel] = next;
                            if (Pixel < last) next += step;   // missing pixels are the last one again
                        });
                        next += step;
                        if (leaves_out_columns) {
                            const KernelEnds ends =
                                columns_outside(plan.product.geometry, plan.in.shape.width, column, column + Pixels - 1);
                            window.first_outside = ends.first * plan.in.shape.channels;
                            window.last_outside = last == Pixels - 1 ? ends.last * plan.in.shape.channels : 0;
                        }
                        sum.template operator()<Pixels>(pixels, column - strip);
                        column += Pixels;
                    };
                    if constexpr (Product::most_pixels > tile_pixels)
                        while (column + tile_pixels < end) add_tile.template operator()<Product::most_pixels>();
                    while (column < end) add_tile.template operator()<tile_pixels>();
                    write(strip, end - strip);
                }
            }
        }
}

}}  // namespace aquatint
