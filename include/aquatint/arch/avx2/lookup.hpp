// SPDX-License-Identifier: BSL-1.0
// Sums on AVX2 by lookup: one byte shuffle does four products of one-bit weights in each of 32 lanes.
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

/// Where the entries of two tables find what input i of their four adds to them, in eight inputs followed by what they lack: the
/// input, nothing, or, where weights are signs, what it lacks.
struct EntryIndices {
    alignas(32) Byte of[group_inputs][2 * table_bytes];
};
template <bool Signs>
inline constexpr EntryIndices entry_indices = [] {
    EntryIndices indices{};
    for (unsigned i = 0; i < group_inputs; ++i)
        for (unsigned at = 0; at < 2 * table_bytes; ++at) {
            const unsigned input = (at < table_bytes ? 0 : 4) + i;
            const bool one = (at % table_bytes >> i & 1u) != 0;
            indices.of[i][at] = static_cast<Byte>(Signs ? input + (one ? 8 : 0) : one ? input : 0x80);
        }
    return indices;
}();

AQUATINT_INLINE Int8x32 low_nibbles(Int8x32 bytes) { return bytes & broadcast8(15); }
AQUATINT_INLINE Int8x32 high_nibbles(Int8x32 bytes) { return as<Int8x32>(as<UInt16x16>(bytes) >> 4) & broadcast8(15); }

}  // namespace avx2

template <unsigned Largest, Size Pixels, Size Planes>
struct Routine<LookupTile<Largest, Pixels, Planes>, Avx2> {
    static_assert(Planes <= 2, "aquatint: sixteen registers hold the sums of four pixels on two planes");

    /// One plane has an accumulator for either nibble; two planes have one each, which gets two entries a vector.
    static constexpr Size steps = 255 / Largest / Planes;

    AQUATINT_NOINLINE static void run(const Byte* const* planes, const LookupSums& weights, const Byte* const* pixels,
                                      const Window& window, Int32 (*sums)[panel_outputs]) {
        using namespace avx2;
        const auto start = load<Int32x8>(weights.start), last_start = load<Int32x8>(weights.start + 8);
        const int one_plane = weights.coefficients[0], other_plane = weights.coefficients[Planes - 1];
        const auto coefficients = as<Int8x32>(broadcast16((one_plane & 255) | other_plane << 8));
        Accumulators<UInt8x32, Pixels> entries;
        Size before_run = 0;   // bytes of weights

        const auto add = [&](const auto& tables, Size first, Size stop) AQUATINT_ALWAYS {
            for (Size channel = first; channel < stop; channel += vector_inputs) {
                Int8x32 low[Planes], high[Planes];
                unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                    const auto both = pinned(load<Int8x32>(planes[Plane] + before_run + channel * channel_weights));
                    low[Plane] = pinned(low_nibbles(both));
                    high[Plane] = pinned(high_nibbles(both));
                });
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const auto one = load<Int8x32>(tables.of[Pixel] + channel);
                    const auto other = load<Int8x32>(tables.of[Pixel] + channel + vector_inputs / 2);
                    unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                        entries.of[Pixel][Plane] += as<UInt8x32>(look_up(one, low[Plane]));
                        entries.of[Pixel][Planes == 1 ? 1 : Plane] += as<UInt8x32>(look_up(other, high[Plane]));
                    });
                });
            }
            if (stop == window.run) before_run += window.run * channel_weights;
        };
        // Products with the coefficients, of eight outputs in either half of a vector, which belong together.
        const auto for_each_product = [&](auto&& take) AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto one = as<Int8x32>(entries.of[Pixel][0]), other = as<Int8x32>(entries.of[Pixel][1]);
                take(Pixel, 0, multiply_pairs(as<Int32x8>(interleave_low(one, other)), coefficients));
                take(Pixel, 1, multiply_pairs(as<Int32x8>(interleave_high(one, other)), coefficients));
            });
        };

        if (window.segments().inputs() <= steps * vector_inputs) {
            for_each_run<Pixels, TableShare>(pixels, window,
                                             [&](const auto& tables) AQUATINT_ALWAYS { add(tables, 0, window.run); });
            return for_each_product([&](Size pixel, Size half, Int16x16 product) AQUATINT_ALWAYS {
                store(sums[pixel] + half * 8, (half == 0 ? start : last_start) + add_halves(product));
            });
        }
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            store(sums[Pixel], start);
            store(sums[Pixel] + 8, last_start);
        });
        for_each_chunk<Pixels, TableShare>(pixels, window, vector_inputs, steps, add, [&]() AQUATINT_ALWAYS {
            for_each_product([&](Size pixel, Size half, Int16x16 product) AQUATINT_ALWAYS {
                Int32* const sum = sums[pixel] + half * 8;
                store(sum, load<Int32x8>(sum) + add_halves(product));
            });
            entries.clear();
        });
    }
};

template <Size Pixels>
struct Routine<BasisTile<Pixels>, Avx2> {
    /// An entry has two sums of four bits, which can hold three entries. Those are added up in one byte, whose higher half is also
    /// added on its own: all that the lower halves sum to is the rest, modulo 256. So three entries cost nine instructions, where
    /// two tables of one sum each would cost twelve.
    static constexpr Size in_nibble = 3;
    /// Vectors, of two entries each, until a byte is full. Then 2 an entry is taken away, what it has in the middle, so that both
    /// sums are signed bytes, at most 2 * 60, which times factors, at most 255 together, fit 16 bits.
    static constexpr Size steps = 30;
    static constexpr int middle = 2;

    AQUATINT_NOINLINE static void run(const Byte* const* planes, const BasisSums& weights, const Byte* const* pixels,
                                      const Window& window, Int32 (*sums)[panel_outputs]) {
        using namespace avx2;
        const auto groups = static_cast<UInt32>(window.segments().inputs() / group_inputs);
        const UInt32 middle_sum = groups * static_cast<UInt32>(middle * (weights.factors[0] + weights.factors[1]));
        alignas(32) Int32 start[panel_outputs];
        for (Size output = 0; output < panel_outputs; ++output) {
            const auto both = static_cast<UInt32>(weights.basis[0][output] + weights.basis[1][output]);
            start[output] = static_cast<Int32>(static_cast<UInt32>(weights.start[output]) - middle_sum * both);
        }
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            store(sums[pixel], load<Int32x8>(start));
            store(sums[pixel] + 8, load<Int32x8>(start + 8));
        }
        for (Size plane = 0; plane < 2; ++plane)
            add_plane(planes[plane], weights.basis[plane], weights.factors, pixels, window, sums);
    }

private:
    AQUATINT_INLINE static void add_plane(const Byte* nibbles, const Int16* basis, const Byte* factors, const Byte* const* pixels,
                                          const Window& window, Int32 (*sums)[panel_outputs]) {
        using namespace avx2;
        const auto factor_pairs = as<Int32x8>(broadcast16(factors[0] | factors[1] << 8));
        const auto twice = [](const Int16* numbers) AQUATINT_ALWAYS {   // each of eight, to neighbours
            const auto both = as<Int16x16>(broadcast_half(numbers));
            return __builtin_shufflevector(both, both, 0, 0, 1, 1, 2, 2, 3, 3, 12, 12, 13, 13, 14, 14, 15, 15);
        };
        const Int16x16 basis_pairs[] = {twice(basis), twice(basis + 8)};
        UInt8x32 total[Pixels], high[Pixels];
        const auto clear = [&]() AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { total[Pixel] = high[Pixel] = UInt8x32{}; });
        };
        // `Count` entries of each pixel: tables of eight inputs each, from `channel` on, found by `indices`.
        const auto add_entries = [&]<Size Count>(const auto& tables, Size channel,
                                                 const Int8x32 (&indices)[Count]) AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                auto some = look_up(load<Int8x32>(tables.of[Pixel] + channel), indices[0]);
                unrolled<Count - 1>([&]<Size Entry>() AQUATINT_ALWAYS {
                    const auto table = load<Int8x32>(tables.of[Pixel] + channel + (Entry + 1) * (vector_inputs / 2));
                    some = as<Int8x32>(as<UInt8x32>(some) + as<UInt8x32>(look_up(table, indices[Entry + 1])));
                });
                total[Pixel] = pinned(total[Pixel] + as<UInt8x32>(some));
                high[Pixel] = pinned(high[Pixel] + as<UInt8x32>(high_nibbles(some)));
            });
        };
        const auto vector_at = [&](Size index) AQUATINT_ALWAYS { return load<Int8x32>(nibbles + index * vector_bytes); };
        const auto add = [&](const auto& tables, Size first, Size stop) AQUATINT_ALWAYS {
            constexpr Size three = in_nibble * vector_inputs;
            Size channel = first;
            for (; channel + three <= stop; channel += three, nibbles += in_nibble * vector_bytes) {
                const Int8x32 one[] = {pinned(low_nibbles(vector_at(0))), pinned(high_nibbles(vector_at(0))),
                                       pinned(low_nibbles(vector_at(1)))};
                add_entries(tables, channel, one);
                const Int8x32 other[] = {pinned(high_nibbles(vector_at(1))), pinned(low_nibbles(vector_at(2))),
                                         pinned(high_nibbles(vector_at(2)))};
                add_entries(tables, channel + three / 2, other);
            }
            for (; channel < stop; channel += vector_inputs, nibbles += vector_bytes) {
                const Int8x32 both[] = {pinned(low_nibbles(vector_at(0))), pinned(high_nibbles(vector_at(0)))};
                add_entries(tables, channel, both);
            }
        };
        // Words hold eight outputs in either half, which belong together: they become neighbours, for one multiplication to add.
        const auto subtract_products = [&](Int8x32 pairs, Int16x16 own, Int32* sum) AQUATINT_ALWAYS {
            const auto words = as<Int64x4>(multiply_pairs(factor_pairs, pairs));
            const auto quarters = as<Int16x16>(__builtin_shufflevector(words, words, 0, 2, 1, 3));
            const auto halves = __builtin_shufflevector(quarters, quarters, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
            store(sum, load<Int32x8>(sum) - multiply_pairs(halves, own));
        };
        const Byte* flushed = nibbles;
        const auto flush = [&]() AQUATINT_ALWAYS {
            const auto middles = broadcast8(2 * middle * (static_cast<int>(nibbles - flushed) / static_cast<int>(vector_bytes)));
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto sixteen_times = as<Int8x32>(as<UInt16x16>(high[Pixel]) << 4) & broadcast8(-16);
                const auto low = subtract(subtract(as<Int8x32>(total[Pixel]), sixteen_times), middles);
                const auto above_middle = subtract(as<Int8x32>(high[Pixel]), middles);
                subtract_products(interleave_low(low, above_middle), basis_pairs[0], sums[Pixel]);
                subtract_products(interleave_high(low, above_middle), basis_pairs[1], sums[Pixel] + 8);
            });
            flushed = nibbles;
            clear();
        };
        clear();
        if (window.segments().inputs() > steps * vector_inputs)
            return for_each_chunk<Pixels, TableShare>(pixels, window, vector_inputs, steps, add, flush);
        for_each_run<Pixels, TableShare>(pixels, window,
                                         [&](const auto& tables) AQUATINT_ALWAYS { add(tables, 0, window.run); });
        flush();
    }
};

template <unsigned Bits>
struct Routine<CellsToNibbles<Bits>, Avx2> {
    /// Byte vectors of cells are outputs 0 ... 7, then 8 ... 15 of one cell after the other, four inputs a lane. The bits of a lane
    /// are gathered by two multiplications.
    AQUATINT_NOINLINE static void run(const Byte* cells, Size vectors, Size plane_bytes, Byte* nibbles) {
        using namespace avx2;
        const Int8x32 weights = as<Int8x32>(broadcast32(0x08040201));
        for (Size vector = 0; vector < vectors; ++vector, cells += Bits * vector_bytes, nibbles += vector_bytes)
            unrolled<Bits>([&]<Size Plane>() AQUATINT_ALWAYS {
                Int32x8 group[4][2];
                unrolled<8>([&]<Size ByteVector>() AQUATINT_ALWAYS {
                    constexpr Size fields = 8 / Bits;
                    constexpr int shift = static_cast<int>(ByteVector % fields * Bits + Plane);
                    const auto packed = as<UInt16x16>(load<Int8x32>(cells + ByteVector / fields * vector_bytes));
                    const auto bits = as<Int8x32>(packed >> shift) & broadcast8(1);
                    group[ByteVector / 2][ByteVector % 2] = widen_pairs(multiply_pairs(as<Int32x8>(bits), weights));
                });
                const auto outputs = [&](Size low) AQUATINT_ALWAYS {   // of groups `low` and `low` + 2, in 16 bits, by halves
                    return __builtin_ia32_packssdw256(group[low][0] | group[low + 2][0] << 4,
                                                      group[low][1] | group[low + 2][1] << 4);
                };
                const auto bytes = as<Int32x8>(__builtin_ia32_packuswb256(outputs(0), outputs(1)));
                store(nibbles + Plane * plane_bytes, __builtin_shufflevector(bytes, bytes, 0, 4, 1, 5, 2, 6, 3, 7));
            });
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
        const auto count = [&](Size vector) AQUATINT_ALWAYS {
            const auto differ = load<Int8x32>(cells + vector * vector_bytes) ^ as<Int8x32>(broadcast_cell(signs + vector * cell_inputs));
            return as<UInt8x32>(look_up(table, low_nibbles(differ))) + as<UInt8x32>(look_up(table, high_nibbles(differ)));
        };
        for (Size first = 0; first < vectors; first += in_byte) {
            const Size end = least(first + in_byte, vectors);
            UInt8x32 even{}, odd{};
            const auto split = [&](UInt8x32 both) AQUATINT_ALWAYS {
                even += as<UInt8x32>(low_nibbles(as<Int8x32>(both)));
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

template <unsigned Bit>
struct Routine<BitsOfBytes<Bit>, Avx2> {
    AQUATINT_INLINE static unsigned run(const Byte* bytes) {
        using namespace avx2;
        return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<Int8x16>(load<Int16x8>(bytes) << (7 - Bit))));
    }
};

template <>
struct Routine<SplitSums, Avx2> {
    AQUATINT_INLINE static void run(const Byte* bytes, Byte lesser, Byte greater, Byte* split) {
        using UInt8x16 = unsigned char __attribute__((vector_size(16)));
        const auto value = avx2::load<UInt8x16>(bytes), all_greater = UInt8x16{} + greater;
        const auto has_greater = reinterpret_cast<UInt8x16>(value >= all_greater);
        const auto rest = value - (has_greater & all_greater);
        const auto has_lesser = reinterpret_cast<UInt8x16>(rest >= UInt8x16{} + most(lesser, Byte(1)));
        avx2::store(split, (has_lesser & 1) | (has_greater & 16));
    }
};

template <>
struct Routine<WriteSignTables, Avx2> {
    AQUATINT_INLINE static void run(unsigned signs, Byte* tables) {
        using namespace avx2;
        store(tables, load<Int8x32>(bipolar_tables.entry[signs & 255u]));
        store(tables + 2 * table_bytes, load<Int8x32>(bipolar_tables.entry[signs >> 8]));
    }
};

template <bool Signs, unsigned Largest>
struct Routine<WriteTables<Signs, Largest>, Avx2> {
    AQUATINT_INLINE static void run(const Byte* inputs, Byte* tables) {
        using namespace avx2;
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            long long eight;
            __builtin_memcpy(&eight, inputs + 8 * Half, sizeof eight);
            constexpr long long lacking = Signs ? 0x0101010101010101 * static_cast<long long>(Largest) : 0;
            const auto both = as<Int8x32>((Int64x4{} + eight) ^ Int64x4{0, lacking, 0, lacking});
            const auto share = [&](Size input) AQUATINT_ALWAYS {
                return as<UInt8x32>(__builtin_ia32_pshufb256(both, load<Int8x32>(entry_indices<Signs>.of[input])));
            };
            store(tables + Half * 2 * table_bytes, (share(0) + share(1)) + (share(2) + share(3)));
        });
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
