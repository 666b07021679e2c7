// SPDX-License-Identifier: BSL-1.0
// Sums of ±1 times ±1 on AVX2 by lookup: one byte shuffle does four of them in each of 32 lanes.
#pragma once

#include <aquatint/arch/avx2/tile.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// Four neighbouring tables, as many as a vector of weights has groups.
inline constexpr Size step_bytes = vector_inputs / group_inputs * table_bytes;

/// The bipolar tables of every nibble of inputs.
struct BipolarTables {
    alignas(64) Byte entry[table_bytes][table_bytes];
};
inline constexpr BipolarTables bipolar_tables = [] {
    BipolarTables tables{};
    for (unsigned inputs = 0; inputs < table_bytes; ++inputs)
        for (unsigned weights = 0; weights < table_bytes; ++weights) tables.entry[inputs][weights] = bipolar_entry(inputs, weights);
    return tables;
}();

/// The last tables of a run, filled up with neutral ones to a whole step.
AQUATINT_NOINLINE inline void fill_step(const Byte* tables, Size bytes, Byte* step) {
    for (Size at = 0; at < step_bytes; ++at) step[at] = at < bytes ? tables[at] : neutral_entry;
}

}  // namespace avx2

template <Size Pixels>
struct Routine<LookupTile<Pixels>, Avx2> {
    AQUATINT_NOINLINE static void run(const Byte* plane, const Byte* const* pixels, const Window& window,
                                      Int32 (*sums)[panel_outputs]) {
        using namespace avx2;
        constexpr Size bytes = table_bytes / group_inputs;   // of tables, an input
        constexpr Size steps = 255 / group_inputs;           // a lane gets at most 4 a step: low and high nibbles are summed apart
        const Window tables{window.rows, window.row_pitch * bytes, window.columns, window.column_pitch * bytes, window.run * bytes};
        const Size whole_steps = tables.run - tables.run % step_bytes;
        const Size vectors = window.rows * window.columns * ceil_div(window.run, vector_inputs);
        const Int32x8 none_differs = broadcast32(static_cast<Int32>(vectors * vector_inputs));

        Accumulators<UInt8x32, Pixels> differences;
        const auto add_step = [&](const auto& from) AQUATINT_ALWAYS {
            const auto weights = pinned(load<Int8x32>(plane));
            const Int8x32 low = weights & broadcast8(15);
            const Int8x32 high = as<Int8x32>(as<UInt16x16>(weights) >> 4) & broadcast8(15);
            plane += vector_bytes;
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const Byte* const tables_of = from(Pixel);
                differences.of[Pixel][0] += as<UInt8x32>(look_up(load<Int8x32>(tables_of), low));
                differences.of[Pixel][1] += as<UInt8x32>(look_up(load<Int8x32>(tables_of + vector_bytes), high));
            });
        };
        const auto add = [&](const auto& starts, Size first, Size stop) AQUATINT_ALWAYS {
            const Size whole = least(stop, whole_steps);
            for (; first < whole; first += step_bytes)
                add_step([&](Size pixel) AQUATINT_ALWAYS { return starts.of[pixel] + first; });
            if (first == stop) return;
            Byte last[Pixels][step_bytes];
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                fill_step(starts.of[Pixel] + first, tables.run - first, last[Pixel]);
            });
            add_step([&](Size pixel) AQUATINT_ALWAYS { return last[pixel]; });
        };
        const auto subtract_twice = [&](const auto& before) AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const auto low = as<Int8x32>(differences.of[Pixel][0]), high = as<Int8x32>(differences.of[Pixel][1]);
                const auto halves = [](Int8x32 pairs) AQUATINT_ALWAYS {
                    return add_halves(multiply_pairs(as<Int32x8>(pairs), broadcast8(-2)));
                };
                Int32* const sum = sums[Pixel];
                store(sum, before(sum) + halves(interleave_low(low, high)));
                store(sum + 8, before(sum + 8) + halves(interleave_high(low, high)));
            });
        };

        if (vectors <= steps) {
            for_each_run<Pixels>(pixels, tables, [&](const auto& starts) AQUATINT_ALWAYS {
                add(starts, 0, round_up(tables.run, step_bytes));
            });
            return subtract_twice([&](const Int32*) AQUATINT_ALWAYS { return none_differs; });
        }
        unrolled<2 * Pixels>([&]<Size Half>() AQUATINT_ALWAYS { store(sums[Half / 2] + Half % 2 * 8, none_differs); });
        for_each_chunk<Pixels>(pixels, tables, step_bytes, steps, add, [&]() AQUATINT_ALWAYS {
            subtract_twice([](const Int32* sum) AQUATINT_ALWAYS { return load<Int32x8>(sum); });
            differences.clear();
        });
    }
};

template <>
struct Routine<WriteTables, Avx2> {
    AQUATINT_INLINE static void run(unsigned signs, Byte* tables) {
        using namespace avx2;
        unrolled<panel_outputs / group_inputs>([&]<Size Group>() AQUATINT_ALWAYS {
            store(tables + Group * table_bytes, load<Int8x16>(bipolar_tables.entry[signs >> Group * group_inputs & 15u]));
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
