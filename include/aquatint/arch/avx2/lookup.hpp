// SPDX-License-Identifier: BSL-1.0
// Sums on AVX2 by lookup: one byte shuffle does four products of one-bit weights in each of 32 lanes.
#pragma once

#include <aquatint/arch/avx2/tile.hpp>
#include <aquatint/arch/scalar/lookup.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

AQUATINT_INLINE Int8x32 low_nibbles(Int8x32 bytes) { return bytes & broadcast8(15); }
AQUATINT_INLINE Int8x32 high_nibbles(Int8x32 bytes) { return as<Int8x32>(as<UInt16x16>(bytes) >> 4) & broadcast8(15); }

}  // namespace avx2

template <class Tables, unsigned Largest, Size Pixels, Size Planes, Size Panels>
struct Routine<LookupTile<Tables, Largest, Pixels, Planes, Panels>, Avx2> {
    static constexpr Size group_bytes = NibbleOrder{Planes, Panels, {}}.group_bytes();
    static constexpr Size vectors = ceil_div(group_bytes, vector_bytes);
    static_assert(Pixels * vectors <= 8, "aquatint: sixteen registers hold the sums of eight vectors");

    /// A single plane of a single panel is half a vector: two groups share one, with a table in either half.
    static constexpr Size groups = vectors * vector_bytes / group_bytes;
    static constexpr Size together = 4;   ///< groups without a branch: runs are a multiple of four
    static constexpr Size steps = 255 / Largest * groups / together * together;   ///< groups until a byte is full
    static constexpr Size products = Planes * groups == 1 ? 2 * vectors : vectors;   ///< vectors of sixteen words that bytes become
    static constexpr Size most_word = 32767;
    static_assert(2 * 255 * LookupSums::largest_coefficient <= most_word);
    static constexpr bool leaves_out_columns = true;

    AQUATINT_NOINLINE static void run(const Byte* nibbles, const LookupSums& weights, const Tables& tables,
                                      const Byte* const* pixels, const Window& window, const SumRows* sums) {
        using namespace avx2;
        const int one = weights.coefficients[0], other = Planes == 2 ? weights.coefficients[1] : groups == 2 ? one : 0;
        const auto coefficients = broadcast16((one & 255) | other << 8);
        const Size most_product = 255 * (magnitude(one) + magnitude(other));
        Words words;
        Words& in_memory = *kept_in_memory(&words);
        Size filled = 0;   // at most what a word holds; 0: nothing is there
        bool spilled = false;   // then sums have begun in memory
        UInt8x32 entries[Pixels][vectors];
        const auto clear = [&]() AQUATINT_ALWAYS {
            unrolled<Pixels * vectors>([&]<Size At>() AQUATINT_ALWAYS { entries[At / vectors][At % vectors] = UInt8x32{}; });
        };
        // These stay where they are, an index moves: eight pointers would be eight additions a step.
        const Starts<Pixels, Byte> rows(pixels, 0);
        const auto add_vectors = [&]<Size From, Size To>(Size at, const Byte* own_nibbles) AQUATINT_ALWAYS {
            Int8x32 indices[vectors];
            unrolled<vectors>([&]<Size Vector>() AQUATINT_ALWAYS {
                indices[Vector] = pinned(load<Int8x32>(own_nibbles + Vector * vector_bytes));
            });
            unrolled_from<From, To>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const Byte* const own = rows.of[Pixel] + at;
                const auto find = [&]() AQUATINT_ALWAYS {
                    if constexpr (groups == 1) return broadcast_half(tables.find(own));
                    else if constexpr (Tables::bytes == table_bytes) return load<Int8x32>(tables.find(own));
                    else return join_halves(tables.find(own), tables.find(own + Tables::bytes));
                };
                const auto table = find();
                unrolled<vectors>([&]<Size Vector>() AQUATINT_ALWAYS {
                    auto& sum = entries[Pixel][Vector];
                    sum = pinned(sum + as<UInt8x32>(look_up(table, indices[Vector])));
                });
            });
        };
        const auto add_groups = [&]<Size From, Size To>(Size& at, Size count) AQUATINT_ALWAYS {
            for (const Byte* const end = nibbles + count * group_bytes; nibbles != end; nibbles += together * group_bytes) {
                asm("" : "+r"(at));   // which GCC 12 would make as many pointers
                unrolled<together / groups>([&]<Size Step>() AQUATINT_ALWAYS {
                    add_vectors.template operator()<From, To>(at + Step * groups * Tables::bytes,
                                                              nibbles + Step * vectors * vector_bytes);
                });
                at += together * Tables::bytes;
            }
        };
        // `take(pixel, product, words)` of what bytes hold, or of `More`: bytes and words.
        const auto for_each_word = [&]<bool More>(auto&& take) AQUATINT_ALWAYS {
            unrolled<Pixels * products>([&]<Size At>() AQUATINT_ALWAYS {
                constexpr Size pixel = At / products, product = At % products;
                const Int16x16 own = product_of<product>(entries[pixel], coefficients);
                if constexpr (More) take.template operator()<pixel, product>(load<Int16x16>(in_memory.of[pixel][product]) + own);
                else take.template operator()<pixel, product>(own);
            });
        };
        const auto flush = [&]() AQUATINT_ALWAYS {
            const auto keep = [&]<Size Pixel, Size Product>(Int16x16 sum) AQUATINT_ALWAYS {
                store(in_memory.of[Pixel][Product], sum);
            };
            if (filled == 0) for_each_word.template operator()<false>(keep);
            else for_each_word.template operator()<true>(keep);
            clear();
            filled += most_product;
            if (filled + most_product > most_word) {
                if (!spilled) begin(weights, sums);
                spill(in_memory, sums);
                spilled = true;
                filled = 0;
            }
        };
        clear();
        const Window own_window = window;   // which no store may change
        Size room = steps;
        const auto add = [&]<Size From, Size To>(Size& at, Size left) AQUATINT_ALWAYS {
            while (left > room) {
                add_groups.template operator()<From, To>(at, room);
                left -= room;
                flush();
                room = steps;
            }
            add_groups.template operator()<From, To>(at, left);
            room -= left;
        };
        for (Size row = 0; row < own_window.rows; ++row)
            for (Size column = 0; column < own_window.columns; ++column) {
                Size at = (row * own_window.row_pitch + column * own_window.column_pitch) * Tables::bytes;
                for_each_stretch_of_run<Pixels>(own_window, [&]<Size From, Size To>(Size first, Size stop) AQUATINT_ALWAYS {
                    add.template operator()<From, To>(at, stop - first);
                });
            }
        if (spilled) {
            flush();
            if (filled != 0) spill(in_memory, sums);
            return;
        }
        SumRows own[Panels];   // which no store may change
        unrolled<Panels>([&]<Size Panel>() AQUATINT_ALWAYS { own[Panel] = sums[Panel]; });
        const auto write = [&]<Size Pixel, Size Product>(Int16x16 sum) AQUATINT_ALWAYS {
            widen<Pixel, Product>(sum, own, [&](Size panel) AQUATINT_ALWAYS { return weights.start[panel]; });
        };
        if (filled == 0) for_each_word.template operator()<false>(write);
        else for_each_word.template operator()<true>(write);
    }

private:
    struct Words {
        alignas(32) Int16 of[Pixels][products][16];
    };
    static constexpr Size magnitude(int number) { return static_cast<Size>(number < 0 ? -number : number); }

    AQUATINT_NOINLINE static void begin(const LookupSums& weights, const SumRows* sums) {
        for (Size panel = 0; panel < Panels; ++panel)
            for (Size pixel = 0; pixel < Pixels; ++pixel)
                for (Size output = 0; output < panel_outputs; ++output) sums[panel][pixel][output] = weights.start[panel][output];
    }
    /// Empties words that can hold no more: sums of many inputs only.
    AQUATINT_NOINLINE static void spill(const Words& words, const SumRows* sums) {
        using namespace avx2;
        unrolled<Pixels * products>([&]<Size At>() AQUATINT_ALWAYS {
            constexpr Size pixel = At / products, product = At % products;
            widen<pixel, product>(load<Int16x16>(words.of[pixel][product]), sums,
                                  [&](Size panel) AQUATINT_ALWAYS { return sums[panel][pixel]; });
        });
    }

    /// Sixteen words: the bytes of both planes or groups, times their coefficients.
    template <Size Product>
    AQUATINT_INLINE static avx2::Int16x16 product_of(const avx2::UInt8x32 (&entries)[vectors], avx2::Int16x16 coefficients) {
        using namespace avx2;
        const auto one = as<Int8x32>(pinned(entries[Planes == 1 ? Product / 2 : 0]));
        const auto bytes = [&]() AQUATINT_ALWAYS {
            if constexpr (Panels == 1) {   // what belongs together lies in either half
                const auto quarters = as<Int32x8>(one);
                return look_up(as<Int8x32>(__builtin_shufflevector(quarters, quarters, 0, 2, 4, 6, 1, 3, 5, 7)), interleaving);
            } else {
                const auto other = Planes == 1 ? Int8x32{} : as<Int8x32>(entries[vectors - 1]);
                return Product % 2 == 0 ? interleave_low(one, other) : interleave_high(one, other);
            }
        };
        return multiply_pairs(as<Int32x8>(bytes()), as<Int8x32>(coefficients));
    }
    /// Of outputs 0, 8, 1, 9, 2, 10, 3 and 11, or 4, 12 and so on.
    static constexpr avx2::Int8x32 interleaving = {0, 8, 4, 12, 1, 9, 5, 13, 2, 10, 6, 14, 3, 11, 7, 15,
                                                   0, 8, 4, 12, 1, 9, 5, 13, 2, 10, 6, 14, 3, 11, 7, 15};

    /// Words of sixteen outputs go where they belong, added to what a panel's outputs begin with.
    template <Size Pixel, Size Product, class Begin>
    AQUATINT_INLINE static void widen(avx2::Int16x16 all, const SumRows* sums, Begin&& begin) {
        using namespace avx2;
        const auto add = [&](Size panel, Size output, Int32x8 more) AQUATINT_ALWAYS {
            store(sums[panel][Pixel] + output, load<Int32x8>(begin(panel) + output) + more);
        };
        if constexpr (Panels == 1) {   // without crossing halves, which takes twice as long
            add(0, 0, multiply_pairs(all, as<Int16x16>(broadcast32(1))));
            add(0, 8, as<Int32x8>(all) >> 16);
        } else {
            add(Product / 2 * 2, Product % 2 * 8, widen_half<0>(all));
            add(Product / 2 * 2 + 1, Product % 2 * 8, widen_half<1>(all));
        }
    }
};

template <Size Pixels, Size Planes>
struct Routine<BasisTile<Pixels, Planes>, Avx2> {
    /// Of two planes a vector holds a group; of one plane two neighbours, as if they were planes of the same basis.
    static constexpr Size vector_groups = 2 / Planes;
    /// An entry has two sums of four bits, which can hold three entries. Those are added up in one byte, whose higher half is
    /// also added on its own: all that the lower halves sum to is the rest, modulo 256. So three entries cost nine instructions,
    /// where two tables of one sum each would cost twelve.
    static constexpr Size in_nibble = 3;
    /// Vectors until a byte is full. Then 2 an entry is taken away, what it has in the middle, so that both sums are signed
    /// bytes, at most 2 * 60, which times factors, at most 255 together, fit 16 bits.
    static constexpr Size steps = 60;
    static constexpr int middle = 2;

    AQUATINT_NOINLINE static void run(const Byte* nibbles, const BasisSums& weights, const PlacedTables& tables,
                                      const Byte* const* pixels, const Window& window, SumRows sums) {
        using namespace avx2;
        const auto groups = static_cast<UInt32>(window.segments().inputs());
        const UInt32 middle_sum = groups * static_cast<UInt32>(middle * (weights.factors[0] + weights.factors[1]));
        alignas(32) Int32 start[panel_outputs];
        alignas(32) Int16 basis[panel_outputs][2];
        for (Size output = 0; output < panel_outputs; ++output) {
            const Int16 first = weights.basis[0][output], second = weights.basis[Planes - 1][output];
            const auto all = static_cast<UInt32>(Planes == 2 ? first + second : first);
            start[output] = static_cast<Int32>(static_cast<UInt32>(weights.start[output]) - middle_sum * all);
            basis[output][0] = first;
            basis[output][1] = second;
        }
        for (Size pixel = 0; pixel < Pixels; ++pixel) {
            store(sums[pixel], load<Int32x8>(start));
            store(sums[pixel] + 8, load<Int32x8>(start + 8));
        }
        const auto factors = as<Int32x8>(broadcast16(weights.factors[0] | weights.factors[1] << 8));
        UInt8x32 total[Pixels], high[Pixels];   // of both planes, or of every other group, one in either half
        const auto clear = [&]() AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { total[Pixel] = high[Pixel] = UInt8x32{}; });
        };
        const auto add_entries = [&]<Size Count>(const auto& rows, Size group, const Int8x32 (&indices)[Count]) AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto entry = [&](Size index) AQUATINT_ALWAYS {
                    const auto* const own = rows.of[Pixel] + group + index * vector_groups;
                    const auto table = Planes == 2 ? broadcast_half(tables.find(own->of))
                                                   : join_halves(tables.find(own->of), tables.find(own[vector_groups - 1].of));
                    return as<UInt8x32>(look_up(table, indices[index]));
                };
                UInt8x32 some = entry(0);
                unrolled<Count - 1>([&]<Size Index>() AQUATINT_ALWAYS { some += entry(Index + 1); });
                total[Pixel] = pinned(total[Pixel] + some);
                high[Pixel] = pinned(high[Pixel] + as<UInt8x32>(high_nibbles(as<Int8x32>(some))));
            });
        };
        const auto add = [&](const auto& rows, Size first, Size stop) AQUATINT_ALWAYS {
            const Byte* at = nibbles;
            const auto vector_at = [&](Size index) AQUATINT_ALWAYS { return pinned(load<Int8x32>(at + index * vector_bytes)); };
            constexpr Size together = in_nibble * vector_groups;
            Size group = first;
            for (; group + together <= stop; group += together, at += in_nibble * vector_bytes) {
                const Int8x32 three[] = {vector_at(0), vector_at(1), vector_at(2)};
                add_entries(rows, group, three);
            }
            for (; group < stop; group += vector_groups, at += vector_bytes) {
                const Int8x32 one[] = {vector_at(0)};
                add_entries(rows, group, one);
            }
            nibbles = at;
        };
        const Byte* flushed = nibbles;
        const auto flush = [&]() AQUATINT_ALWAYS {
            const auto middles = broadcast8(middle * (static_cast<int>(nibbles - flushed) / static_cast<int>(vector_bytes)));
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto sixteen_times = as<Int8x32>(as<UInt16x16>(high[Pixel]) << 4) & broadcast8(-16);
                const auto low = subtract(subtract(as<Int8x32>(total[Pixel]), sixteen_times), middles);
                const auto above_middle = subtract(as<Int8x32>(high[Pixel]), middles);
                subtract_products(multiply_pairs(factors, interleave_low(low, above_middle)), basis[0], sums[Pixel]);
                subtract_products(multiply_pairs(factors, interleave_high(low, above_middle)), basis[8], sums[Pixel] + 8);
            });
            flushed = nibbles;
            clear();
        };
        clear();
        for_each_chunk<Pixels, TableGroup<PlacedTables>>(pixels, window, vector_groups, steps, add, flush);
    }

private:
    /// Words hold eight outputs of one plane in either half: those of an output become neighbours, for one multiplication to add.
    AQUATINT_INLINE static void subtract_products(avx2::Int16x16 words, const Int16* basis, Int32* sum) {
        using namespace avx2;
        const auto quarters = as<Int16x16>(__builtin_shufflevector(as<Int64x4>(words), as<Int64x4>(words), 0, 2, 1, 3));
        const auto both = __builtin_shufflevector(quarters, quarters, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
        store(sum, load<Int32x8>(sum) - multiply_pairs(both, load<Int16x16>(basis)));
    }
};

template <unsigned Bits>
struct Routine<CellsToNibbles<Bits>, Avx2> {
    /// Byte vectors of cells are outputs 0 ... 7, then 8 ... 15 of one cell after the other, four inputs a lane.
    /// Those four bits apart are taken together: two multiplications gather the bits of a lane, of one cell in
    /// the lower nibble, of another in the higher.
    AQUATINT_NOINLINE static void run(const Byte* cells, Size vectors, const NibbleOrder& order, Byte* nibbles) {
        using namespace avx2;
        constexpr Size fields = 8 / Bits, pairs = fields / 2;   // of a packed vector
        constexpr Size apart = pairs / 2;   // the two cells of a lane
        const Size pitch = order.group_bytes();
        const auto weights = pinned(as<Int8x32>(broadcast32(0x08040201)));
        for (Size vector = 0; vector < vectors; ++vector, cells += Bits * vector_bytes, nibbles += 4 * pitch)
            unrolled<Bits>([&]<Size Plane>() AQUATINT_ALWAYS {
                Int32x8 two[4];   // cells of one half of the outputs
                unrolled<4>([&]<Size Index>() AQUATINT_ALWAYS {
                    constexpr int shift = static_cast<int>(Index % pairs * Bits + Plane);
                    const auto packed = as<UInt16x16>(load<Int8x32>(cells + Index / pairs * vector_bytes));
                    const auto bits = as<Int8x32>(packed >> shift) & broadcast8(0x11);
                    two[Index] = widen_pairs(multiply_pairs(as<Int32x8>(bits), weights));
                });
                const auto bytes = as<Int32x8>(__builtin_ia32_packuswb256(__builtin_ia32_packssdw256(two[0], two[1]),
                                                                          __builtin_ia32_packssdw256(two[2], two[3])));
                const auto both = as<Int8x32>(__builtin_shufflevector(bytes, bytes, 0, 4, 1, 5, 2, 6, 3, 7));
                const auto low = as<Int64x4>(low_nibbles(both)), high = as<Int64x4>(high_nibbles(both));
                Byte* const to = nibbles + Plane * order.plane_bytes();
                store(to, __builtin_shufflevector(low, low, 0, 1));
                store(to + (3 - apart) * pitch, __builtin_shufflevector(low, low, 2, 3));
                store(to + apart * pitch, __builtin_shufflevector(high, high, 0, 1));
                store(to + 3 * pitch, __builtin_shufflevector(high, high, 2, 3));
            });
    }
};

template <unsigned Shift>
struct Routine<WritePlaces<Shift>, Avx2> {
    /// A lane is a group: its inputs times 1, 4, 16 and 64 tables.
    AQUATINT_NOINLINE static void run(const Byte* inputs, Size vectors, Byte* places) {
        using namespace avx2;
        constexpr Size four = 4 * vector_inputs;
        const auto low_pairs = as<Int8x32>(broadcast16(1 << Shift | 4 << (8 + Shift)));
        const auto pairs = as<Int16x16>(broadcast32(table_bytes | 16 * table_bytes << 16));
        const auto places_of = [&](Int32x8 eight) AQUATINT_ALWAYS {
            return multiply_pairs(multiply_pairs(eight, low_pairs), pairs);
        };
        for (; vectors >= 4; vectors -= 4, inputs += four, places += bytes_of_places(four)) {
            const auto words = as<Int64x4>(__builtin_ia32_packssdw256(places_of(load<Int32x8>(inputs)),
                                                                      places_of(load<Int32x8>(inputs + vector_bytes))));
            store(places, __builtin_shufflevector(words, words, 0, 2, 1, 3));
        }
        for (; vectors != 0; --vectors, inputs += vector_inputs, places += bytes_of_places(vector_inputs)) {
            const auto groups = places_of(as<Int32x8>(__builtin_shufflevector(load<Int64x2>(inputs), Int64x2{}, 0, 1, 2, 3)));
            const long long words = as<Int64x4>(__builtin_ia32_packssdw256(groups, groups))[0];
            __builtin_memcpy(places, &words, sizeof words);
        }
    }
};

template <>
struct Routine<CountDifferences, Avx2> {
    /// Even bits of a byte belong to outputs 0 ... 7, odd ones to 8 ... 15. A table counts both of a nibble, in its own two
    /// nibbles, which hold three vectors; bytes hold 21 times as many.
    AQUATINT_NOINLINE static void run(const Byte* cells, const Byte* signs, Size vectors, Int32* differences) {
        using namespace avx2;
        alignas(16) static constexpr Byte counts[table_bytes] = {0, 1, 16, 17, 1, 2, 17, 18, 16, 17, 32, 33, 17, 18, 33, 34};
        constexpr Size in_nibble = 3, in_byte = 21 * in_nibble;
        const auto table = broadcast_half(counts);
        const auto count = [&](Size vector) AQUATINT_ALWAYS {
            const auto differ =
                load<Int8x32>(cells + vector * vector_bytes) ^ as<Int8x32>(broadcast_cell(signs + vector * cell_inputs));
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

template <>
struct Routine<SplitSums, Avx2> {
    AQUATINT_INLINE static void run(const Byte* bytes, Byte lesser, Byte greater, Byte* split) {
        using avx2::UInt8x16;
        const auto value = avx2::load<UInt8x16>(bytes), all_greater = UInt8x16{} + greater;
        const auto has_greater = reinterpret_cast<UInt8x16>(value >= all_greater);
        const auto rest = value - (has_greater & all_greater);
        const auto has_lesser = reinterpret_cast<UInt8x16>(rest >= UInt8x16{} + most(lesser, Byte(1)));
        avx2::store(split, (has_lesser & 1) | (has_greater & 2));
    }
};

}}  // namespace aquatint
