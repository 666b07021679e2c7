// SPDX-License-Identifier: BSL-1.0
// Sums of ±1 times ±1 on AVX2 by lookup: one byte shuffle does four of them in each of 32 lanes.
#pragma once

#include <aquatint/arch/avx2/tile.hpp>
#include <aquatint/arch/scalar/lookup.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// A channel's share of the table that four channels have: so channels index tables, and weights, without another counter.
struct TableShare {
    Byte entry[table_bytes / group_inputs];
};
inline constexpr Size channel_weights = vector_bytes / vector_inputs;   ///< bytes of a panel's weights, a channel

/// The bipolar tables of eight inputs, two groups side by side, for every byte of signs.
struct BipolarTables {
    alignas(64) Byte entry[256][2 * table_bytes];
};
inline constexpr BipolarTables bipolar_tables = [] {
    BipolarTables tables{};
    for (unsigned inputs = 0; inputs < 256; ++inputs)
        for (unsigned weights = 0; weights < table_bytes; ++weights) {
            if (inputs < table_bytes) tables.entry[inputs][weights] = bipolar_entry(inputs, weights);
            tables.entry[inputs][weights] = tables.entry[inputs % table_bytes][weights];
            tables.entry[inputs][table_bytes + weights] = tables.entry[inputs / table_bytes][weights];
        }
    return tables;
}();

}  // namespace avx2

template <Size Pixels, Size Planes>
struct Routine<LookupTile<Pixels, Planes>, Avx2> {
    static_assert(Planes <= 2, "aquatint: sixteen registers hold the sums of four pixels on two planes");

    /// One plane has an accumulator for either nibble; two planes have one each, which gets two entries of at most 4 a vector.
    static constexpr Size steps = 255 / group_inputs / Planes;

    AQUATINT_NOINLINE static void run(const Byte* const* planes, const Byte* const* pixels, const Window& window,
                                      Int32 (*sums)[panel_outputs]) {
        using namespace avx2;
        const Size tail = window.run % vector_inputs;
        const Window whole{window.rows, window.row_pitch, window.columns, window.column_pitch, window.run - tail};
        const Int32x8 none_differs = broadcast32(static_cast<Int32>(whole.segments().inputs()));
        Accumulators<UInt8x32, Pixels> differences;
        Size before_run = 0;   // bytes of weights

        const auto add = [&](const auto& tables, Size first, Size stop) AQUATINT_ALWAYS {
            for (Size channel = first; channel < stop; channel += vector_inputs) {
                Int8x32 low[Planes], high[Planes];
                unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                    const auto weights = pinned(load<Int8x32>(planes[Plane] + before_run + channel * channel_weights));
                    low[Plane] = pinned(weights & broadcast8(15));
                    high[Plane] = pinned(as<Int8x32>(as<UInt16x16>(weights) >> 4) & broadcast8(15));
                });
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const auto one = load<Int8x32>(tables.of[Pixel] + channel);
                    const auto other = load<Int8x32>(tables.of[Pixel] + channel + vector_inputs / 2);
                    unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                        differences.of[Pixel][Plane] += as<UInt8x32>(look_up(one, low[Plane]));
                        differences.of[Pixel][Planes == 1 ? 1 : Plane] += as<UInt8x32>(look_up(other, high[Plane]));
                    });
                });
            }
            if (stop == whole.run) before_run += round_up(window.run, vector_inputs) * channel_weights;
        };
        const auto subtract_twice = [&](const auto& before) AQUATINT_ALWAYS {
            const auto halves = [](Int8x32 pairs) AQUATINT_ALWAYS {
                return add_halves(multiply_pairs(as<Int32x8>(pairs), broadcast8(-2)));
            };
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                    const auto one = as<Int8x32>(differences.of[Pixel][Plane]);
                    const auto other = Planes == 1 ? as<Int8x32>(differences.of[Pixel][1]) : Int8x32{};
                    Int32* const sum = sums[Plane * Pixels + Pixel];
                    store(sum, before(sum) + halves(interleave_low(one, other)));
                    store(sum + 8, before(sum + 8) + halves(interleave_high(one, other)));
                });
            });
        };

        if (whole.segments().inputs() <= steps * vector_inputs) {
            for_each_run<Pixels, TableShare>(pixels, whole, [&](const auto& tables) AQUATINT_ALWAYS { add(tables, 0, whole.run); });
            subtract_twice([&](const Int32*) AQUATINT_ALWAYS { return none_differs; });
        } else {
            unrolled<2 * Planes * Pixels>([&]<Size Half>() AQUATINT_ALWAYS { store(sums[Half / 2] + Half % 2 * 8, none_differs); });
            for_each_chunk<Pixels, TableShare>(pixels, whole, vector_inputs, steps, add, [&]() AQUATINT_ALWAYS {
                subtract_twice([](const Int32* sum) AQUATINT_ALWAYS { return load<Int32x8>(sum); });
                differences.clear();
            });
        }
        if (tail == 0) return;
        for (Size row = 0; row < Planes * Pixels; ++row)
            add_groups(planes[row / Pixels], pixels[row % Pixels], window, whole.run / group_inputs, sums[row]);
    }
};

template <>
struct Routine<CellsToNibbles, Avx2> {
    /// A vector of cells holds four of them, each in two fields of every byte: outputs 0 ... 7, then 8 ... 15, four inputs a lane.
    /// The bits of a lane are gathered by two multiplications.
    AQUATINT_NOINLINE static void run(const Byte* cells, Size vectors, Byte* nibbles) {
        using namespace avx2;
        const Int8x32 weights = as<Int8x32>(broadcast32(0x08040201));
        for (Size vector = 0; vector < vectors; ++vector, cells += vector_bytes, nibbles += vector_bytes) {
            const auto packed = as<UInt16x16>(load<Int8x32>(cells));
            Int32x8 group[4][2];
            unrolled<8>([&]<Size Field>() AQUATINT_ALWAYS {
                const auto bits = as<Int8x32>(packed >> static_cast<int>(Field)) & broadcast8(1);
                group[Field / 2][Field % 2] = widen_pairs(multiply_pairs(as<Int32x8>(bits), weights));
            });
            const auto outputs = [&](Size low) AQUATINT_ALWAYS {   // of groups `low` and `low` + 2, in 16 bits, by halves
                return __builtin_ia32_packssdw256(group[low][0] | group[low + 2][0] << 4, group[low][1] | group[low + 2][1] << 4);
            };
            const auto bytes = as<Int32x8>(__builtin_ia32_packuswb256(outputs(0), outputs(1)));
            store(nibbles, __builtin_shufflevector(bytes, bytes, 0, 4, 1, 5, 2, 6, 3, 7));
        }
    }
};

template <>
struct Routine<CountDifferences, Avx2> {
    /// Even bits of a byte belong to outputs 0 ... 7, odd ones to 8 ... 15. A table counts both of a nibble, in its own two nibbles,
    /// which hold three vectors; bytes hold 21 times as many.
    AQUATINT_NOINLINE static void run(const Byte* cells, const Byte* signs, Size vectors, Int32* differences) {
        using namespace avx2;
        alignas(16) static constexpr Byte counts[table_bytes] = {0, 1, 16, 17, 1, 2, 17, 18, 16, 17, 32, 33, 17, 18, 33, 34};
        constexpr Size in_nibble = 3, in_byte = 21 * in_nibble;
        const auto table = broadcast_half(counts);
        const auto nibble = broadcast8(15);
        const auto high_nibbles = [&](Int8x32 bytes) AQUATINT_ALWAYS { return as<Int8x32>(as<UInt16x16>(bytes) >> 4) & nibble; };
        const auto count = [&](Size vector) AQUATINT_ALWAYS {
            const auto differ = load<Int8x32>(cells + vector * vector_bytes) ^ as<Int8x32>(broadcast_cell(signs + vector * cell_inputs));
            return as<UInt8x32>(look_up(table, differ & nibble)) + as<UInt8x32>(look_up(table, high_nibbles(differ)));
        };
        for (Size first = 0; first < vectors; first += in_byte) {
            const Size end = least(first + in_byte, vectors);
            UInt8x32 even{}, odd{};
            const auto split = [&](UInt8x32 both) AQUATINT_ALWAYS {
                even += both & as<UInt8x32>(nibble);
                odd += as<UInt8x32>(high_nibbles(as<Int8x32>(both)));
            };
            Size vector = first;
            for (; vector + in_nibble <= end; vector += in_nibble) split(count(vector) + count(vector + 1) + count(vector + 2));
            for (; vector < end; ++vector) split(count(vector));
            const auto add = [](Int32* to, UInt8x32 bytes) AQUATINT_ALWAYS {
                store(to, load<Int32x8>(to) + widen_pairs(multiply_pairs(as<Int32x8>(bytes), broadcast8(1))));
            };
            add(differences, even);
            add(differences + panel_outputs / 2, odd);
        }
    }
};

template <>
struct Routine<SignsOfBytes, Avx2> {
    AQUATINT_INLINE static unsigned run(const Byte* bytes) {
        using namespace avx2;
        return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<Int8x16>(load<Int16x8>(bytes) << 6)));
    }
};

template <>
struct Routine<SignsOfCodes, Avx2> {
    AQUATINT_INLINE static unsigned run(const Byte* codes) {
        using namespace avx2;
        return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<Int8x16>(load<Int16x8>(codes) << 7)));
    }
};

template <>
struct Routine<WriteTables, Avx2> {
    AQUATINT_INLINE static void run(unsigned signs, Byte* tables) {
        using namespace avx2;
        store(tables, load<Int8x32>(bipolar_tables.entry[signs & 255u]));
        store(tables + 2 * table_bytes, load<Int8x32>(bipolar_tables.entry[signs >> 8]));
    }
};

template <>
struct Routine<SignBits, Avx2> {
    AQUATINT_INLINE static unsigned run(const float* values, float threshold, bool downward) {
        using namespace avx2;
        const Float32x8 middle = broadcast_real(threshold), none{};
        const auto eight = [&](const float* from) AQUATINT_ALWAYS {
            auto value = load<Float32x8>(from);
            value = value == value ? value : none;
            return sign_bits(downward ? value <= middle : value >= middle);
        };
        return eight(values) | eight(values + 8) << 8;
    }
};

}}  // namespace aquatint
