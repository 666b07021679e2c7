// SPDX-License-Identifier: BSL-1.0
// Sums of inputs times digits on AVX2: three instruction sequences, chosen by how many products fit 16 bits.
#pragma once

#include <aquatint/arch/avx2/tile.hpp>
#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// Products of 16-bit operands (vpmaddwd): exact at full range. The even and the odd bytes of a cell are split in registers.
template <Size Pixels>
AQUATINT_NOINLINE void dot_wide(const Int16* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    Accumulators<Int32x8, Pixels> total;
    const Int32x8 even_bytes = broadcast32(0x00ff00ff);
    const auto add = [&]<Size From, Size To>(const auto& inputs, Size first, Size stop) AQUATINT_ALWAYS {
        for (Size input = first; input < stop; input += cell_inputs, panel += 2 * panel_outputs * 2)
            unrolled<2>([&]<Size Odd>() AQUATINT_ALWAYS {
                const auto digits = load_cell<Int16x16>(panel + Odd * panel_outputs * 2);
                const Size at = reloaded(input);
                unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const Int32x8 cell = pinned(broadcast_cell(inputs.of[Pixel] + at));   // GCC would mask before it broadcasts
                    const Int32x8 half = Odd ? as<Int32x8>(as<UInt16x16>(cell) >> 8) : cell & even_bytes;
                    unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                        Int32x8& sum = total.of[Pixel][Half];
                        sum = pinned(sum + multiply_pairs(as<Int16x16>(half), digits.of[Half]));
                    });
                });
            });
    };
    for_each_stretch<Pixels, Byte>(pixels, window, add);
    total.store_to(sums);
}

/// One product of two inputs fits 16 bits; it is widened at once.
template <Size Pixels>
AQUATINT_NOINLINE void dot_single(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    Accumulators<Int32x8, Pixels> total;
    const auto add = [&]<Size From, Size To>(const auto& inputs, Size first, Size stop) AQUATINT_ALWAYS {
        for (Size input = first; input < stop; input += cell_inputs, panel += 2 * vector_bytes) {
            const auto digits = load_cell<Int8x32>(panel);
            unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const Int32x8 cell = broadcast_cell(inputs.of[Pixel] + input);
                unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                    Int32x8& sum = total.of[Pixel][Half];
                    sum = pinned(sum + widen_pairs(multiply_pairs(cell, digits.of[Half])));
                });
            });
        }
    };
    for_each_stretch<Pixels, Byte>(pixels, window, add);
    total.store_to(sums);
}

/// The same for one pixel, a row of a dense layer: nothing but the sums is worth a register, so the digits stay memory operands,
/// and several cells at a time hide the latency of the additions.
AQUATINT_NOINLINE inline void dot_single_row(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    constexpr Size cells = 8;
    Accumulators<Int32x8, 2> total;
    const auto add = [&](const Byte* inputs, Size cell) AQUATINT_ALWAYS {
        const Int32x8 input = broadcast_cell(inputs + cell * cell_inputs);
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            const Int8x32 digits = load<Int8x32>(panel + (2 * cell + Half) * vector_bytes);
            total.of[cell % 2][Half] += widen_pairs(multiply_pairs(input, digits));
        });
    };
    for_each_run<1, Byte>(pixels, window, [&](const auto& inputs) AQUATINT_ALWAYS {
        Size input = 0;
        for (; input + cells * cell_inputs <= window.run; input += cells * cell_inputs, panel += cells * 2 * vector_bytes)
            unrolled<cells>([&]<Size Cell>() AQUATINT_ALWAYS { add(inputs.of[0] + input, Cell); });
        for (; input < window.run; input += cell_inputs, panel += 2 * vector_bytes) add(inputs.of[0] + input, 0);
    });
    store(sums[0], total.of[0][0] + total.of[1][0]);
    store(sums[0] + 8, total.of[0][1] + total.of[1][1]);
}

/// Two products fit 16 bits: neighbouring cells are added before they are widened.
template <Size Pixels>
AQUATINT_NOINLINE void dot_double(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    Accumulators<Int32x8, Pixels> total;
    const auto add = [&]<Size From, Size To>(const auto& inputs, Size input, Size stop) AQUATINT_ALWAYS {
        for (; input + cell_inputs < stop; input += 2 * cell_inputs, panel += 4 * vector_bytes) {
            const auto first = load_cell<Int8x32>(panel), second = load_cell<Int8x32>(panel + 2 * vector_bytes);
            unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const Int32x8 cell = broadcast_cell(inputs.of[Pixel] + input);
                const Int32x8 next = broadcast_cell(inputs.of[Pixel] + input + cell_inputs);
                unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                    Int32x8& sum = total.of[Pixel][Half];
                    const Int16x16 pairs = multiply_pairs(cell, first.of[Half]) + multiply_pairs(next, second.of[Half]);
                    sum = pinned(sum + widen_pairs(pairs));
                });
            });
        }
        if (input >= stop) return;
        const auto last = load_cell<Int8x32>(panel);
        panel += 2 * vector_bytes;
        unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
            const Int32x8 cell = broadcast_cell(inputs.of[Pixel] + input);
            unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                total.of[Pixel][Half] += widen_pairs(multiply_pairs(cell, last.of[Half]));
            });
        });
    };
    for_each_stretch<Pixels, Byte>(pixels, window, add);
    total.store_to(sums);
}

/// Up to `steps` products are added in 16 bits, across the borders of runs, and then widened into `sums`. The first of them is
/// not added to a zero: that would be an addition in eight, or nine.
template <Size Pixels>
AQUATINT_NOINLINE void dot_steps(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums, Size steps) {
    Accumulators<Int32x8, Pixels>{}.store_to(sums);
    Accumulators<Int16x16, Pixels> partial;
    bool begun = false;
    const auto widen = [&]() AQUATINT_ALWAYS {
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                Int32* const sum = sums[Pixel] + Half * 8;
                store(sum, load<Int32x8>(sum) + widen_pairs(partial.of[Pixel][Half]));
            });
        });
        begun = false;
    };
    const auto add_cell = [&]<Size From, Size To>(const auto& inputs, Size input, auto&& take) AQUATINT_ALWAYS {
        const auto digits = load_cell<Int8x32>(panel);
        panel += 2 * vector_bytes;
        unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
            const Int32x8 cell = broadcast_cell(inputs.of[Pixel] + input);
            unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                take(partial.of[Pixel][Half], multiply_pairs(cell, digits.of[Half]));
            });
        });
    };
    Chunks chunks{cell_inputs, steps};
    const auto add = [&]<Size From, Size To>(const auto& inputs, Size begin, Size end) AQUATINT_ALWAYS {
        const auto add_chunk = [&](Size input, Size stop) AQUATINT_ALWAYS {
            if (!begun) {
                if constexpr (To - From < Pixels) partial.clear();
                add_cell.template operator()<From, To>(
                    inputs, input, [](Int16x16& sum, Int16x16 products) AQUATINT_ALWAYS { sum = pinned(products); });
                begun = true;
                input += cell_inputs;
            }
            for (; input < stop; input += cell_inputs)
                add_cell.template operator()<From, To>(
                    inputs, input, [](Int16x16& sum, Int16x16 products) AQUATINT_ALWAYS { sum = pinned(sum + products); });
        };
        chunks.cut(begin, end, add_chunk, widen);
    };
    for_each_stretch<Pixels, Byte>(pixels, window, add);
    chunks.end(widen);
}

}  // namespace avx2

template <unsigned Steps, Size Pixels>
struct Routine<DotTile<Steps, Pixels>, Avx2> {
    template <class Digit>
    AQUATINT_INLINE static void run(const Digit* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
        if constexpr (Steps == 0) avx2::dot_wide<Pixels>(panel, pixels, window, sums);
        else if constexpr (Steps == 1 && Pixels == 1) avx2::dot_single_row(panel, pixels, window, sums);
        else if constexpr (Steps == 1) avx2::dot_single<Pixels>(panel, pixels, window, sums);
        else if constexpr (Steps <= 3) avx2::dot_double<Pixels>(panel, pixels, window, sums);
        else avx2::dot_steps<Pixels>(panel, pixels, window, sums, Steps);
    }
};

template <unsigned Codes>
struct Routine<BytesBelow<Codes>, Avx2> {
    AQUATINT_INLINE static bool run(const Byte* bytes, Size count) {
        using namespace avx2;
        constexpr bool is_power = (Codes & (Codes - 1)) == 0;
        UInt8x32 beyond{};   // bits that codes do not have, or what is left of bytes less the largest code
        const Size done = for_each_vector<vector_bytes>(count, [&](Size at) AQUATINT_ALWAYS {
            const auto more = load<UInt8x32>(bytes + at);
            beyond |= is_power ? more : excess(more, Codes - 1);
        });
        bool below = !any_bit(beyond, is_power ? 256 - Codes : 255);
        for (Size i = done; i < count; ++i) below &= bytes[i] < Codes;
        return below;
    }
};

template <unsigned Codes>
struct Routine<CopyBelow<Codes>, Avx2> {
    AQUATINT_INLINE static void run(const Byte* from, Size count, Byte* to) {
        using namespace avx2;
        const UInt8x32 last = UInt8x32{} + static_cast<Byte>(Codes - 1);
        const Size done = for_each_vector<vector_bytes>(count, [&](Size at) AQUATINT_ALWAYS {
            const auto codes = load<UInt8x32>(from + at);
            store(to + at, codes < last ? codes : last);
        });
        Routine<CopyBelow<Codes>, Scalar>::run(from + done, count - done, to + done);
    }
};

template <>
struct Routine<PixelSums, Avx2> {
    static constexpr Size block = 16, together = 8;   ///< channels that are summed at once; pixels

    AQUATINT_NOINLINE static void run(const Byte* pixels, Size count, Size channels, Int32 less, Int32* sums) {
        using namespace avx2;
        const Size whole = channels / block * block;
        Size pixel = 0;
        if (whole == channels)
            for (; pixel + together <= count; pixel += together, pixels += together * channels)
                store(sums + pixel, sum_eight(pixels, channels) - broadcast32(less));
        for (; pixel < count; ++pixel, pixels += channels) {
            Int64x2 halves{};
            for (Size channel = 0; channel < whole; channel += block) halves += sum_bytes(load<Int8x16>(pixels + channel));
            Int32 sum = static_cast<Int32>(halves[0] + halves[1]) - less;
            for (Size channel = whole; channel < channels; ++channel) sum += pixels[channel];
            sums[pixel] = sum;
        }
    }

private:
    /// Of eight pixels of whole blocks.
    AQUATINT_INLINE static avx2::Int32x8 sum_eight(const Byte* pixels, Size channels) {
        using namespace avx2;
        Int64x4 sums[4]{};   // each of two pixels, four apart
        for (const Byte* const end = pixels + channels; pixels != end; pixels += block)
            unrolled<4>([&]<Size Pixel>() AQUATINT_ALWAYS {
                sums[Pixel] += sum_bytes(join_halves(pixels + Pixel * channels, pixels + (Pixel + 4) * channels));
            });
        const auto add = [](Int64x4 a, Int64x4 b) AQUATINT_ALWAYS {
            return as<Int32x8>(__builtin_shufflevector(a, b, 0, 4, 2, 6) + __builtin_shufflevector(a, b, 1, 5, 3, 7));
        };
        return __builtin_shufflevector(add(sums[0], sums[1]), add(sums[2], sums[3]), 0, 2, 8, 10, 4, 6, 12, 14);
    }
};

}}  // namespace aquatint
