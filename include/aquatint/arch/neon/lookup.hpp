// SPDX-License-Identifier: BSL-1.0
// Sums on NEON by lookup: one byte shuffle does four products of one-bit weights for each of sixteen outputs. And inputs as bits.
#pragma once

#include <aquatint/arch/neon/vector.hpp>
#include <aquatint/arch/scalar/lookup.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// 255 where a value is on the side of +1; NaN counts as zero. Of sixteen values.
AQUATINT_INLINE UInt8x16 sign_mask(const float* values, float threshold, bool downward) {
    const Float32x4 middle = broadcast_real(threshold), none{};
    Int32x4 masks[quarters];
    unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
        auto value = load<Float32x4>(values + Quarter * 4);
        value = value == value ? value : none;
        masks[Quarter] = downward ? value <= middle : value >= middle;
    });
    return low_bytes(masks);
}

}  // namespace neon

template <class Tables, unsigned Largest, Size Pixels, Size Planes, Size Panels>
struct Routine<LookupTile<Tables, Largest, Pixels, Planes, Panels>, Neon> {
    static constexpr Size vectors = Planes * Panels;   ///< of nibbles, a group
    static constexpr Size steps = 255 / Largest;       ///< groups until a byte is full

    AQUATINT_NOINLINE static void run(const Byte* nibbles, const LookupSums& weights, const Tables& tables,
                                      const Byte* const* pixels, const Window& window, const SumRows* sums) {
        using namespace neon;
        for (Size panel = 0; panel < Panels; ++panel)
            for (Size pixel = 0; pixel < Pixels; ++pixel)
                for (Size quarter = 0; quarter < quarters; ++quarter)
                    store(sums[panel][pixel] + quarter * 4, load<Int32x4>(weights.start[panel] + quarter * 4));
        UInt8x16 entries[Pixels][vectors]{};
        const auto add = [&](const auto& rows, Size first, Size stop) AQUATINT_ALWAYS {
            for (Size group = first; group < stop; ++group, nibbles += vectors * half_vector) {
                UInt8x16 indices[vectors];
                unrolled<vectors>([&]<Size At>() AQUATINT_ALWAYS { indices[At] = load<UInt8x16>(nibbles + At * half_vector); });
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const auto table = load<UInt8x16>(tables.find(rows.of[Pixel][group].of));
                    unrolled<vectors>([&]<Size At>() AQUATINT_ALWAYS { entries[Pixel][At] += look_up(table, indices[At]); });
                });
            }
        };
        const auto flush = [&]() AQUATINT_ALWAYS {
            unrolled<Pixels * vectors>([&]<Size At>() AQUATINT_ALWAYS {
                constexpr Size pixel = At / vectors, plane = At % vectors / Panels, panel = At % Panels;
                const Int16x8 coefficient = Int16x8{} + Int16{weights.coefficients[plane]};
                UInt8x16& bytes = entries[pixel][At % vectors];
                const auto low = as<Int16x8>(add_bytes_low(bytes, UInt8x16{})),
                           high = as<Int16x8>(add_bytes_high(bytes, UInt8x16{}));
                Int32* const sum = sums[panel][pixel];
                store(sum, add_products_low(load<Int32x4>(sum), low, coefficient));
                store(sum + 4, add_products_high(load<Int32x4>(sum + 4), low, coefficient));
                store(sum + 8, add_products_low(load<Int32x4>(sum + 8), high, coefficient));
                store(sum + 12, add_products_high(load<Int32x4>(sum + 12), high, coefficient));
                bytes = UInt8x16{};
            });
        };
        for_each_chunk<Pixels, TableGroup<Tables>>(pixels, window, 1, steps, add, flush);
    }
};

template <Size Pixels, Size Planes>
struct Routine<BasisTile<Pixels, Planes>, Neon> {
    /// An entry has two sums of four bits, which can hold three entries. Their higher halves are also added on their own, `steps`
    /// groups to a byte; what all lower halves sum to is the rest of the total, modulo 256.
    static constexpr Size in_nibble = 3, steps = 255 / group_inputs;

    AQUATINT_NOINLINE static void run(const Byte* nibbles, const BasisSums& weights, const PlacedTables& tables,
                                      const Byte* const* pixels, const Window& window, SumRows sums) {
        using namespace neon;
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size quarter = 0; quarter < quarters; ++quarter)
                store(sums[pixel] + quarter * 4, load<Int32x4>(weights.start + quarter * 4));
        const UInt8x16 lesser = broadcast8(weights.factors[0]), greater = broadcast8(weights.factors[1]);
        UInt8x16 total[Pixels][Planes]{}, high[Pixels][Planes]{};   // of a plane
        const auto add_entries = [&]<Size Count>(const auto& rows, Size group) AQUATINT_ALWAYS {
            UInt8x16 indices[Count][Planes];
            unrolled<Planes * Count>([&]<Size At>() AQUATINT_ALWAYS {
                indices[At / Planes][At % Planes] = load<UInt8x16>(nibbles + At * half_vector);
            });
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                UInt8x16 some[Planes]{};
                unrolled<Count>([&]<Size Index>() AQUATINT_ALWAYS {
                    const auto table = load<UInt8x16>(tables.find(rows.of[Pixel][group + Index].of));
                    unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS { some[Plane] += look_up(table, indices[Index][Plane]); });
                });
                unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                    total[Pixel][Plane] += some[Plane];
                    high[Pixel][Plane] += some[Plane] >> Byte(4);
                });
            });
            nibbles += Count * Planes * half_vector;
        };
        const auto add = [&](const auto& rows, Size group, Size stop) AQUATINT_ALWAYS {
            for (; group + in_nibble <= stop; group += in_nibble) add_entries.template operator()<in_nibble>(rows, group);
            for (; group < stop; ++group) add_entries.template operator()<1>(rows, group);
        };
        const auto flush = [&]() AQUATINT_ALWAYS {
            for (Size pixel = 0; pixel < Pixels; ++pixel)
                for (Size plane = 0; plane < Planes; ++plane) {
                    UInt8x16 &both = total[pixel][plane], &halves = high[pixel][plane];
                    const auto low = both - (halves << Byte(4));
                    const UInt16x8 inputs[] = {add_products_low(multiply_low(low, lesser), halves, greater),
                                               add_products_high(multiply_high(low, lesser), halves, greater)};
                    for (Size output = 0; output < panel_outputs; ++output)
                        sums[pixel][output] = static_cast<Int32>(
                            static_cast<UInt32>(sums[pixel][output]) -
                            static_cast<UInt32>(inputs[output / 8][output % 8] * weights.basis[plane][output]));
                    both = halves = UInt8x16{};
                }
        };
        for_each_chunk<Pixels, TableGroup<PlacedTables>>(pixels, window, 1, steps, add, flush);
    }
};

template <unsigned Bits>
struct Routine<CellsToNibbles<Bits>, Neon> {
    /// Byte vectors of cells are outputs 0 ... 7, then 8 ... 15 of one cell after the other, four inputs a lane. A multiplication
    /// moves the four bits of a lane side by side, to the top; no carry reaches them.
    AQUATINT_NOINLINE static void run(const Byte* cells, Size vectors, const NibbleOrder& order, Byte* nibbles) {
        using namespace neon;
        constexpr UInt32 gather = 1u << 24 | 1u << 17 | 1u << 10 | 1u << 3;
        constexpr Size fields = 8 / Bits, groups = vector_inputs / group_inputs;
        for (Size vector = 0; vector < vectors; ++vector, cells += Bits * vector_bytes, nibbles += groups * order.group_bytes())
            unrolled<groups * Bits>([&]<Size At>() AQUATINT_ALWAYS {
                constexpr Size plane = At / groups, group = At % groups;
                Int32x4 outputs[quarters];
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    constexpr Size byte_vector = 2 * group + Quarter / 2;
                    const auto packed =
                        load<UInt8x16>(cells + byte_vector / fields * vector_bytes + Quarter % 2 * half_vector);
                    const UInt8x16 bits = packed >> static_cast<Byte>(byte_vector % fields * Bits + plane) & broadcast8(1);
                    outputs[Quarter] = as<Int32x4>(as<UInt32x4>(bits) * gather >> 24 & 15u);
                });
                store(nibbles + group * order.group_bytes() + plane * order.plane_bytes(), low_bytes(outputs));
            });
    }
};

template <unsigned Shift>
struct Routine<WritePlaces<Shift>, Neon> {
    /// Four inputs fit a byte.
    AQUATINT_NOINLINE static void run(const Byte* inputs, Size vectors, Byte* places) {
        using namespace neon;
        const auto factors = as<UInt8x16>(UInt32x4{} + (0x40100401u << Shift));
        for (; vectors != 0; --vectors, inputs += vector_inputs, places += bytes_of_places(vector_inputs)) {
            const auto groups =
                add_pairs(UInt32x4{}, add_pairs(UInt16x8{}, load<UInt8x16>(inputs) * factors)) * UInt32{table_bytes};
            const auto words = as<UInt16x8>(groups);
            const auto low = __builtin_shufflevector(words, words, 0, 2, 4, 6, 0, 2, 4, 6);
            __builtin_memcpy(places, &low, bytes_of_places(vector_inputs));
        }
    }
};

template <>
struct Routine<CountDifferences, Neon> {
    /// Even bits of a byte belong to outputs 0 ... 7, odd ones to 8 ... 15; a byte counts at most four of a vector.
    AQUATINT_NOINLINE static void run(const Byte* cells, const Byte* signs, Size vectors, Int32* differences) {
        using namespace neon;
        constexpr Size in_byte = 255 / 4;
        for (Size first = 0; first < vectors; first += in_byte) {
            UInt8x16 counts[quarters]{};
            for (Size vector = first; vector < least(first + in_byte, vectors); ++vector) {
                const UInt8x16 own = broadcast_cell(signs + vector * cell_inputs);
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    const UInt8x16 differ = own ^ load<UInt8x16>(cells + vector * vector_bytes + Quarter % 2 * half_vector);
                    counts[Quarter] += count_bits(differ & broadcast8(Quarter < 2 ? 0x55 : 0xaa));
                });
            }
            unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                Int32* const to = differences + Quarter * 4;
                const auto four = add_pairs(UInt32x4{}, add_pairs(UInt16x8{}, counts[Quarter]));
                store(to, load<Int32x4>(to) + as<Int32x4>(four));
            });
        }
    }
};

template <>
struct Routine<SplitSums, Neon> {
    AQUATINT_INLINE static void run(const Byte* bytes, Byte lesser, Byte greater, Byte* split) {
        using namespace neon;
        const auto value = load<UInt8x16>(bytes);
        const auto has_greater = as<UInt8x16>(value >= broadcast8(greater));
        const auto has_lesser = as<UInt8x16>(value - (has_greater & broadcast8(greater)) >= broadcast8(most(lesser, Byte(1))));
        store(split, (has_lesser & broadcast8(1)) | (has_greater & broadcast8(2)));
    }
};

template <>
struct Routine<EncodeSigns, Neon> {
    AQUATINT_NOINLINE static void run(const float* values, Size count, float threshold, bool downward, Byte* bytes) {
        for (Size i = 0; i < count; i += panel_outputs)
            neon::store(bytes + i, neon::sign_mask(values + i, threshold, downward) & neon::broadcast8(2));
    }
};

}}  // namespace aquatint
