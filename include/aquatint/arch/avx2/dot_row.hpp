// SPDX-License-Identifier: BSL-1.0
// One row of inputs against neighbouring panels on AVX2: codes become digits in registers, a broadcast input serves all panels.
#pragma once

#include <aquatint/arch/avx2/fields.hpp>
#include <aquatint/arch/avx2/tile.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// 32-bit sums += the next `Cells` cells of codes that are bytes: digits as they lie, memory operands.
template <Size Cells, Size Panels>
AQUATINT_INLINE void add_bytes(const Byte* codes, Size panel_bytes, const Byte* inputs, Accumulators<Int32x8, Panels>& total) {
    unrolled<Cells>([&]<Size Cell>() AQUATINT_ALWAYS {
        const Int32x8 input = broadcast_cell(inputs + Cell * cell_inputs);
        unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS {
            const auto digits = load<Int8x32>(codes + At / 2 * panel_bytes + (2 * Cell + At % 2) * vector_bytes);
            Int32x8& sum = total.of[At / 2][At % 2];
            sum = pinned(sum + widen_pairs(multiply_pairs(input, digits)));
        });
    });
}

/// The same of inputs of eight bits: seven of them as above, and the highest one apart, whose products fit 16 bits for so long.
template <Size Cells, Size Panels>
AQUATINT_INLINE void add_bytes_of_split_inputs(const Byte* codes, Size panel_bytes, const Byte* inputs,
                                         Accumulators<Int32x8, Panels>& total) {
    static_assert(Cells <= steps_in_16_bits(1, 128));
    Accumulators<Int16x16, Panels> highest;
    unrolled<Cells>([&]<Size Cell>() AQUATINT_ALWAYS {
        const Int32x8 input = broadcast_cell(inputs + Cell * cell_inputs);
        const Int32x8 low = pinned(input & broadcast32(0x7f7f7f7f));
        const Int32x8 high = pinned(as<Int32x8>(as<UInt16x16>(input) >> 7) & broadcast32(0x01010101));
        unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS {
            const auto digits = load<Int8x32>(codes + At / 2 * panel_bytes + (2 * Cell + At % 2) * vector_bytes);
            Int32x8& sum = total.of[At / 2][At % 2];
            Int16x16& above = highest.of[At / 2][At % 2];
            sum = pinned(sum + widen_pairs(multiply_pairs(low, digits)));
            above = pinned(above + multiply_pairs(high, digits));
        });
    });
    unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS {
        total.of[At / 2][At % 2] += multiply_pairs(highest.of[At / 2][At % 2], broadcast16(128));
    });
}

/// The same of codes in fields: so many cells that their sums fit 16 bits.
template <class Reader, Size Cells, Size Panels>
AQUATINT_INLINE void add_fields(const Byte* codes, Size panel_bytes, const Byte* inputs, Accumulators<Int32x8, Panels>& total) {
    constexpr Size in_vector = FieldDigits<Reader>::in_nibble;   // cells
    Accumulators<Int16x16, Panels> partial;
    unrolled<ceil_div(Cells, in_vector)>([&]<Size Vector>() AQUATINT_ALWAYS {
        constexpr Size first = Vector * in_vector, count = least(in_vector, Cells - first);
        Int32x8 input[count];
        unrolled<count>([&]<Size Cell>() AQUATINT_ALWAYS {
            input[Cell] = broadcast_cell(inputs + (first + Cell) * cell_inputs);
        });
        unrolled<Panels>([&]<Size Panel>() AQUATINT_ALWAYS {
            const FieldDigits<Reader> digits(codes + Panel * panel_bytes + Vector * vector_bytes);
            unrolled<2 * count>([&]<Size Field>() AQUATINT_ALWAYS {
                Int16x16& sum = partial.of[Panel][Field % 2];
                sum = pinned(sum + multiply_pairs(input[Field / 2], digits.template get<Field>()));
            });
        });
    });
    unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS { total.of[At / 2][At % 2] += widen_pairs(partial.of[At / 2][At % 2]); });
}

/// The sum of whole cells of inputs.
AQUATINT_INLINE Int32 sum_of_cells(const Byte* inputs, Size cells) {
    Int64x4 blocks{};
    for (Size eights = cells / 8; eights != 0; --eights, inputs += vector_bytes) blocks += sum_bytes(load<Int8x32>(inputs));
    for (Size rest = cells % 8; rest != 0; --rest, inputs += cell_inputs)
        blocks += sum_bytes(as<Int8x32>(broadcast_cell(inputs) & Int32x8{-1}));
    const auto halves = half<Int64x2, 0>(blocks) + half<Int64x2, 1>(blocks);
    return static_cast<Int32>(halves[0] + halves[1]);
}

}  // namespace avx2

template <Integral Reader, int Largest>
    requires row_digits<Reader, Largest>
struct Routine<DotRow<Reader, Largest>, Avx2> {
    static constexpr bool bytes = Reader::bits == 8, splits = bytes && row_steps<Reader, Largest> == 0;
    static constexpr Size panels = bytes && !splits ? 4 : 2;   // eight accumulators; others need as many again for partial sums

    template <Size Panels>
    AQUATINT_INLINE static void run(const Byte* codes, Size panel_bytes, const Byte* inputs, Size cells, SumRows sums) {
        using namespace avx2;
        constexpr int raised = [] {
            if constexpr (bytes) return 0;
            else return FieldDigits<Reader>::raised;
        }();
        constexpr Size in_vector = bytes ? 1 : 4 / Reader::bits;   // cells
        constexpr Size fitting = raised != 0 ? steps_in_16_bits(Largest, 15) : row_steps<Reader, Largest>;
        constexpr Size together = bytes ? 8 : least(Size(8), fitting) / in_vector * in_vector;
        Accumulators<Int32x8, Panels> total;
        const auto add = [&]<Size Cells>() AQUATINT_ALWAYS {
            if constexpr (splits) add_bytes_of_split_inputs<Cells>(codes, panel_bytes, inputs, total);
            else if constexpr (bytes) add_bytes<Cells>(codes, panel_bytes, inputs, total);
            else add_fields<Reader, Cells>(codes, panel_bytes, inputs, total);
            codes += Cells * 2 * vector_bytes * Reader::bits / 8;
            inputs += Cells * cell_inputs;
        };
        if constexpr (raised != 0) {
            const Int32x8 surplus = broadcast32(sum_of_cells(inputs, cells) * raised);
            unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS { total.of[At / 2][At % 2] -= surplus; });
        }
        Size left = cells;
        for (; left >= together; left -= together) add.template operator()<together>();
        if constexpr (together != in_vector)
            for (; left >= in_vector; left -= in_vector) add.template operator()<in_vector>();
        unrolled<in_vector - 1>([&]<Size Fewer>() AQUATINT_ALWAYS {
            if (left == Fewer + 1) add.template operator()<Fewer + 1>();
        });
        total.store_to(sums);
    }
};

}}  // namespace aquatint
