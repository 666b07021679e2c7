// SPDX-License-Identifier: BSL-1.0
// Sums of ±1 times ±1 on NEON by lookup: one byte shuffle does four of them for each of sixteen outputs. And signs as bits.
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

template <Size Pixels, Size Planes>
struct Routine<LookupTile<Pixels, Planes>, Neon> {
    /// Two accumulators a sum, each gets two entries of at most 4 a vector.
    static constexpr Size steps = 255 / (2 * group_inputs);

    AQUATINT_NOINLINE static void run(const Byte* const* planes, const Byte* const* pixels, const Window& window,
                                      Int32 (*sums)[panel_outputs]) {
        using namespace neon;
        const Size tail = window.run % vector_inputs;
        const Window whole{window.rows, window.row_pitch, window.columns, window.column_pitch, window.run - tail};
        const Int32x4 none_differs = broadcast32(static_cast<Int32>(whole.segments().inputs()));
        for (Size row = 0; row < Planes * Pixels; ++row)
            for (Size quarter = 0; quarter < quarters; ++quarter) store(sums[row] + quarter * 4, none_differs);
        UInt8x16 differences[Planes * Pixels][2]{};
        Size before_run = 0;   // bytes of weights

        const auto add = [&](const auto& tables, Size first, Size stop) AQUATINT_ALWAYS {
            for (Size channel = first; channel < stop; channel += vector_inputs) {
                UInt8x16 weights[Planes][4];   // of the four groups
                unrolled<2 * Planes>([&]<Size At>() AQUATINT_ALWAYS {
                    constexpr Size plane = At / 2, group = At % 2;
                    const auto both =
                        load<UInt8x16>(planes[plane] + before_run + channel * channel_weights + group * half_vector);
                    weights[plane][group] = both & broadcast8(15);
                    weights[plane][group + 2] = both >> Byte(4);
                });
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const TableShare* const at = pinned_behind(differences[Pixel == 0 ? 0 : Pixel - 1][1], tables.of[Pixel] + channel);
                    unrolled<4>([&]<Size Group>() AQUATINT_ALWAYS {
                        const auto table = load<UInt8x16>(at + Group * group_inputs);
                        unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                            differences[Plane * Pixels + Pixel][Group % 2] += look_up(table, weights[Plane][Group]);
                        });
                    });
                });
            }
            if (stop == whole.run) before_run += round_up(window.run, vector_inputs) * channel_weights;
        };
        const auto subtract_twice = [&]() AQUATINT_ALWAYS {
            unrolled<Planes * Pixels>([&]<Size Row>() AQUATINT_ALWAYS {
                UInt8x16 (&both)[2] = differences[Row];
                const UInt16x8 low = add_bytes_low(both[0], both[1]) << 1, high = add_bytes_high(both[0], both[1]) << 1;
                Int32* const sum = sums[Row];
                store(sum, subtract_low(load<Int32x4>(sum), low));
                store(sum + 4, subtract_high(load<Int32x4>(sum + 4), low));
                store(sum + 8, subtract_low(load<Int32x4>(sum + 8), high));
                store(sum + 12, subtract_high(load<Int32x4>(sum + 12), high));
                both[0] = both[1] = UInt8x16{};
            });
        };
        for_each_chunk<Pixels, TableShare>(pixels, whole, vector_inputs, steps, add, subtract_twice);
        if (tail == 0) return;
        for (Size row = 0; row < Planes * Pixels; ++row)
            add_groups(planes[row / Pixels], pixels[row % Pixels], window, whole.run / group_inputs, sums[row]);
    }
};

template <>
struct Routine<CellsToNibbles, Neon> {
    /// A vector of cells holds four of them, each in two fields of every byte: outputs 0 ... 7, then 8 ... 15, four inputs a lane.
    /// A multiplication moves the four bits of a lane side by side, to the top; no carry reaches them.
    AQUATINT_NOINLINE static void run(const Byte* cells, Size vectors, Byte* nibbles) {
        using namespace neon;
        constexpr UInt32 gather = 1u << 24 | 1u << 17 | 1u << 10 | 1u << 3;
        for (Size vector = 0; vector < vectors; ++vector, cells += vector_bytes, nibbles += vector_bytes) {
            const UInt8x16 packed[2] = {load<UInt8x16>(cells), load<UInt8x16>(cells + half_vector)};
            const auto group = [&](Size field, Size half) AQUATINT_ALWAYS {
                const UInt8x16 bits = packed[half] >> static_cast<Byte>(field) & broadcast8(1);
                return as<UInt32x4>(bits) * gather >> 24 & 15u;
            };
            unrolled<2>([&]<Size Group>() AQUATINT_ALWAYS {   // with the group two further on in the higher nibble
                Int32x4 outputs[quarters];
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    constexpr Size field = 2 * Group + Quarter / 2;
                    outputs[Quarter] = as<Int32x4>(group(field, Quarter % 2) | group(field + 4, Quarter % 2) << 4);
                });
                store(nibbles + Group * half_vector, low_bytes(outputs));
            });
        }
    }
};

template <>
struct Routine<SignsOfBytes, Neon> {
    AQUATINT_INLINE static unsigned run(const Byte* bytes) {
        using namespace neon;
        return bits_of_mask(as<UInt8x16>((load<UInt8x16>(bytes) & broadcast8(2)) != broadcast8(0)));
    }
};

template <>
struct Routine<WriteTables, Neon> {
    AQUATINT_INLINE static void run(unsigned signs, Byte* tables) {
        using namespace neon;
        const UInt8x16 weights{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        unrolled<panel_outputs / group_inputs>([&]<Size Group>() AQUATINT_ALWAYS {
            store(tables + Group * table_bytes, count_bits(weights ^ broadcast8(signs >> Group * group_inputs & 15u)));
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
