// SPDX-License-Identifier: BSL-1.0
// Sums on NEON by lookup: one byte shuffle does four products of one-bit weights for each of sixteen outputs. And inputs as bits.
#pragma once

#include <aquatint/arch/neon/vector.hpp>
#include <aquatint/arch/scalar/lookup.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// A channel's share of the table that four channels have: so channels index tables, and weights, without another counter.
struct TableShare {
    Byte entry[table_bytes / group_inputs];
};
inline constexpr Size channel_weights = vector_bytes / vector_inputs;   ///< bytes of a panel's weights, a channel

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

template <unsigned Largest, Size Pixels, Size Planes>
struct Routine<LookupTile<Largest, Pixels, Planes>, Neon> {
    /// Two accumulators a sum, each gets two entries a vector.
    static constexpr Size steps = 255 / (2 * Largest);

    AQUATINT_NOINLINE static void run(const Byte* const* planes, const LookupSums& weights, const Byte* const* pixels,
                                      const Window& window, Int32 (*sums)[panel_outputs]) {
        using namespace neon;
        for (Size row = 0; row < Pixels; ++row)
            for (Size quarter = 0; quarter < quarters; ++quarter)
                store(sums[row] + quarter * 4, load<Int32x4>(weights.start + quarter * 4));
        UInt8x16 entries[Planes * Pixels][2]{};
        Size before_run = 0;   // bytes of weights

        const auto add = [&](const auto& tables, Size first, Size stop) AQUATINT_ALWAYS {
            for (Size channel = first; channel < stop; channel += vector_inputs) {
                UInt8x16 indices[Planes][4];   // of the four groups
                unrolled<2 * Planes>([&]<Size At>() AQUATINT_ALWAYS {
                    constexpr Size plane = At / 2, group = At % 2;
                    const auto both =
                        load<UInt8x16>(planes[plane] + before_run + channel * channel_weights + group * half_vector);
                    indices[plane][group] = both & broadcast8(15);
                    indices[plane][group + 2] = both >> Byte(4);
                });
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const TableShare* const at = pinned_behind(entries[Pixel == 0 ? 0 : Pixel - 1][1], tables.of[Pixel] + channel);
                    unrolled<4>([&]<Size Group>() AQUATINT_ALWAYS {
                        const auto table = load<UInt8x16>(at + Group * group_inputs);
                        unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                            entries[Plane * Pixels + Pixel][Group % 2] += look_up(table, indices[Plane][Group]);
                        });
                    });
                });
            }
            if (stop == window.run) before_run += window.run * channel_weights;
        };
        const auto flush = [&]() AQUATINT_ALWAYS {
            unrolled<Planes * Pixels>([&]<Size Row>() AQUATINT_ALWAYS {
                UInt8x16 (&both)[2] = entries[Row];
                const Int16x8 coefficient = Int16x8{} + Int16{weights.coefficients[Row / Pixels]};
                const auto low = as<Int16x8>(add_bytes_low(both[0], both[1])), high = as<Int16x8>(add_bytes_high(both[0], both[1]));
                Int32* const sum = sums[Row % Pixels];
                store(sum, add_products_low(load<Int32x4>(sum), low, coefficient));
                store(sum + 4, add_products_high(load<Int32x4>(sum + 4), low, coefficient));
                store(sum + 8, add_products_low(load<Int32x4>(sum + 8), high, coefficient));
                store(sum + 12, add_products_high(load<Int32x4>(sum + 12), high, coefficient));
                both[0] = both[1] = UInt8x16{};
            });
        };
        for_each_chunk<Pixels, TableShare>(pixels, window, vector_inputs, steps, add, flush);
    }
};

template <Size Pixels>
struct Routine<BasisTile<Pixels>, Neon> {
    /// Vectors, of four entries each, until a byte that adds up their higher halves is full. Two entries fit a byte with both halves;
    /// what all lower halves sum to is the rest of the total, modulo 256.
    static constexpr Size steps = 255 / (4 * group_inputs);

    AQUATINT_NOINLINE static void run(const Byte* const* planes, const BasisSums& weights, const Byte* const* pixels,
                                      const Window& window, Int32 (*sums)[panel_outputs]) {
        using namespace neon;
        for (Size pixel = 0; pixel < Pixels; ++pixel)
            for (Size quarter = 0; quarter < quarters; ++quarter)
                store(sums[pixel] + quarter * 4, load<Int32x4>(weights.start + quarter * 4));
        for (Size plane = 0; plane < 2; ++plane)
            add_plane(planes[plane], weights.basis[plane], weights.factors, pixels, window, sums);
    }

private:
    AQUATINT_INLINE static void add_plane(const Byte* nibbles, const Int16* basis, const Byte* factors, const Byte* const* pixels,
                                          const Window& window, Int32 (*sums)[panel_outputs]) {
        using namespace neon;
        const UInt8x16 lesser = broadcast8(factors[0]), greater = broadcast8(factors[1]);
        UInt8x16 total[Pixels]{}, high[Pixels]{};
        const auto add = [&](const auto& tables, Size first, Size stop) AQUATINT_ALWAYS {
            for (Size channel = first; channel < stop; channel += vector_inputs, nibbles += vector_bytes) {
                UInt8x16 indices[4];
                unrolled<2>([&]<Size Group>() AQUATINT_ALWAYS {
                    const auto both = load<UInt8x16>(nibbles + Group * half_vector);
                    indices[Group] = both & broadcast8(15);
                    indices[Group + 2] = both >> Byte(4);
                });
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const TableShare* const at = pinned_behind(high[Pixel == 0 ? 0 : Pixel - 1], tables.of[Pixel] + channel);
                    unrolled<2>([&]<Size Pair>() AQUATINT_ALWAYS {
                        const auto some = look_up(load<UInt8x16>(at + 2 * Pair * group_inputs), indices[2 * Pair]) +
                                          look_up(load<UInt8x16>(at + (2 * Pair + 1) * group_inputs), indices[2 * Pair + 1]);
                        total[Pixel] += some;
                        high[Pixel] += some >> Byte(4);
                    });
                });
            }
        };
        const auto flush = [&]() AQUATINT_ALWAYS {
            for (Size pixel = 0; pixel < Pixels; ++pixel) {
                const auto low = total[pixel] - (high[pixel] << Byte(4));
                const UInt16x8 inputs[] = {add_products_low(multiply_low(low, lesser), high[pixel], greater),
                                           add_products_high(multiply_high(low, lesser), high[pixel], greater)};
                for (Size output = 0; output < panel_outputs; ++output)
                    sums[pixel][output] = static_cast<Int32>(static_cast<UInt32>(sums[pixel][output]) -
                                                             static_cast<UInt32>(inputs[output / 8][output % 8] * basis[output]));
                total[pixel] = high[pixel] = UInt8x16{};
            }
        };
        for_each_chunk<Pixels, TableShare>(pixels, window, vector_inputs, steps, add, flush);
    }
};

template <unsigned Bits>
struct Routine<CellsToNibbles<Bits>, Neon> {
    /// Byte vectors of cells are outputs 0 ... 7, then 8 ... 15 of one cell after the other, four inputs a lane. A multiplication
    /// moves the four bits of a lane side by side, to the top; no carry reaches them.
    AQUATINT_NOINLINE static void run(const Byte* cells, Size vectors, Size plane_bytes, Byte* nibbles) {
        using namespace neon;
        constexpr UInt32 gather = 1u << 24 | 1u << 17 | 1u << 10 | 1u << 3;
        constexpr Size fields = 8 / Bits;
        for (Size vector = 0; vector < vectors; ++vector, cells += Bits * vector_bytes, nibbles += vector_bytes)
            unrolled<2 * Bits>([&]<Size At>() AQUATINT_ALWAYS {   // a group with the one two further on in the higher nibble
                constexpr Size plane = At / 2, first = At % 2;
                const auto group = [&](Size byte_vector, Size half) AQUATINT_ALWAYS {
                    const auto packed = load<UInt8x16>(cells + byte_vector / fields * vector_bytes + half * half_vector);
                    const UInt8x16 bits = packed >> static_cast<Byte>(byte_vector % fields * Bits + plane) & broadcast8(1);
                    return as<UInt32x4>(bits) * gather >> 24 & 15u;
                };
                Int32x4 outputs[quarters];
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    constexpr Size low = 2 * first + Quarter / 2;
                    outputs[Quarter] = as<Int32x4>(group(low, Quarter % 2) | group(low + 4, Quarter % 2) << 4);
                });
                store(nibbles + plane * plane_bytes + first * half_vector, low_bytes(outputs));
            });
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

template <unsigned Bit>
struct Routine<BitsOfBytes<Bit>, Neon> {
    AQUATINT_INLINE static unsigned run(const Byte* bytes) {
        using namespace neon;
        return bits_of_mask(as<UInt8x16>((load<UInt8x16>(bytes) & broadcast8(1u << Bit)) != broadcast8(0)));
    }
};

template <>
struct Routine<SplitSums, Neon> {
    AQUATINT_INLINE static void run(const Byte* bytes, Byte lesser, Byte greater, Byte* split) {
        using namespace neon;
        const auto value = load<UInt8x16>(bytes);
        const auto has_greater = as<UInt8x16>(value >= broadcast8(greater));
        const auto has_lesser = as<UInt8x16>(value - (has_greater & broadcast8(greater)) >= broadcast8(most(lesser, Byte(1))));
        store(split, (has_lesser & broadcast8(1)) | (has_greater & broadcast8(16)));
    }
};

template <>
struct Routine<WriteSignTables, Neon> {
    AQUATINT_INLINE static void run(unsigned signs, Byte* tables) {
        using namespace neon;
        const UInt8x16 weights{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        unrolled<panel_outputs / group_inputs>([&]<Size Group>() AQUATINT_ALWAYS {
            store(tables + Group * table_bytes, count_bits(weights ^ broadcast8(signs >> Group * group_inputs & 15u)));
        });
    }
};

template <bool Signs, unsigned Largest>
struct Routine<WriteTables<Signs, Largest>, Neon> {
    AQUATINT_INLINE static void run(const Byte* inputs, Byte* tables) {
        using namespace neon;
        const UInt8x16 weights{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        unrolled<vector_inputs>([&]<Size Input>() AQUATINT_ALWAYS {
            Byte* const table = tables + Input / group_inputs * table_bytes;
            const auto one = as<UInt8x16>((weights & broadcast8(1u << Input % group_inputs)) != broadcast8(0));
            const auto input = broadcast8(inputs[Input]);
            const auto share = Signs ? (one & broadcast8(Largest)) ^ input : one & input;
            store(table, Input % group_inputs == 0 ? share : load<UInt8x16>(table) + share);
        });
    }
};

template <>
struct Routine<SignBits, Neon> {
    AQUATINT_INLINE static unsigned run(const float* values, float threshold, bool downward) {
        return neon::bits_of_mask(neon::sign_mask(values, threshold, downward));
    }
};

template <>
struct Routine<EncodeSigns, Neon> {
    AQUATINT_INLINE static void run(const float* values, float threshold, bool downward, Byte* bytes) {
        neon::store(bytes, neon::sign_mask(values, threshold, downward) & neon::broadcast8(2));
    }
};

}}  // namespace aquatint
