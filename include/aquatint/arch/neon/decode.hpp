// SPDX-License-Identifier: BSL-1.0
// Packed codes to digits on NEON: shift and mask, join the field planes, then arithmetic or a table in a register.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/neon/vector.hpp>
#include <aquatint/arch/vector/decoding.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// Digits before their offset is subtracted.
template <class Rule>
AQUATINT_INLINE UInt8x16 before_offset(UInt8x16 codes) {
    if constexpr (Rule::arithmetic) {
        return Rule::flip == 0 ? codes : codes ^ broadcast8(Rule::flip);
    } else {
        const UInt8x16 low = look_up(load<UInt8x16>(Rule::low_codes.of), codes);
        if constexpr (Rule::digit_tables == 1) return low;
        else return look_up_over(low, load<UInt8x16>(Rule::high_codes.of), codes - broadcast8(16));
    }
}

/// The codes of one half of byte vector `Vector`, counted from where `planes` points.
template <unsigned Bits, Size Vector, Size Half>
AQUATINT_INLINE UInt8x16 load_codes(const Byte* const* planes) {
    constexpr FieldPlanes form(Bits);
    UInt8x16 codes{};
    unrolled<form.count>([&]<Size Plane>() AQUATINT_ALWAYS {
        constexpr unsigned width = form.width[Plane], low_bit = form.low_bit[Plane];
        constexpr Size fields = 8 / width;
        constexpr unsigned from = Vector % fields * width;
        constexpr unsigned mask = (1u << width) - 1;
        const auto packed = load<UInt8x16>(planes[Plane] + Vector / fields * vector_bytes + Half * half_vector);
        codes |= (packed >> static_cast<Byte>(from) & broadcast8(mask)) << static_cast<Byte>(low_bit);
    });
    return codes;
}

}  // namespace neon

template <Integral Reader, unsigned Term>
    requires Decoding<Reader, Term>::in_registers
struct Routine<DecodeDigits<Reader, Term>, Neon> {
    AQUATINT_NOINLINE static void run(const Byte* panel, const CellOrder& order, const Int8* zeros, Int8* digits) {
        using namespace neon;
        using Rule = Decoding<Reader, Term>;
        constexpr FieldPlanes form(Reader::bits);
        constexpr Size group = most(Size(2), Size(8 / form.width[form.count - 1]));   // byte vectors of a step: whole cells
        const CellOffsets of(zeros, Rule::offset);
        UInt8x16 offsets[quarters];
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS { offsets[Quarter] = load<UInt8x16>(of.lanes + Quarter * 4); });
        const Byte* planes[form.count];
        for (unsigned plane = 0; plane < form.count; ++plane) {
            planes[plane] = panel;
            panel += order.plane_bytes(form.width[plane]);
        }
        for (Size left = order.byte_vectors(); left != 0; left -= least(left, group)) {
            unrolled<2 * group>([&]<Size At>() AQUATINT_ALWAYS {
                if (At / 2 >= left) return;
                const UInt8x16 codes = load_codes<Reader::bits, At / 2, At % 2>(planes);
                store(digits + At * half_vector, before_offset<Rule>(codes) - offsets[At % quarters]);
            });
            for (unsigned plane = 0; plane < form.count; ++plane) planes[plane] += group * form.width[plane] / 8 * vector_bytes;
            digits += group * vector_bytes;
        }
    }
};

namespace neon {

/// Calls `put(inputs 0 and 2 of four outputs, place)` and `put(inputs 1 and 3, place)` in
/// every quarter of every cell, in 16 bits.
template <Size Quarter, class Put>
AQUATINT_INLINE void for_each_half_cell(const Int8* digits, Size cells, Int16* wide, Put&& put) {
    digits += Quarter * half_vector;
    wide += Quarter * 8;
    for (Size cell = 0; cell < cells; ++cell, digits += panel_outputs * cell_inputs, wide += panel_outputs * cell_inputs) {
        const auto pairs = load<Int16x8>(digits);
        put(as<Int16x8>(pairs << 8) >> 8, wide);
        put(pairs >> 8, wide + 2 * panel_outputs);
    }
}

}  // namespace neon

template <>
struct Routine<JoinDigits, Neon> {
    AQUATINT_NOINLINE static void run(const Int8* digits, Size cells, const Int16* coefficients, const Int16* start,
                                      Int16* wide) {
        using namespace neon;
        const auto twice = [](const Int16* numbers) AQUATINT_ALWAYS {   // of four outputs, for the two inputs of a lane
            using Four = UInt16 __attribute__((vector_size(8)));
            const auto lanes = __builtin_convertvector(load<Four>(numbers), UInt32x4);
            return as<UInt16x8>(lanes | lanes << 16);
        };
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
            const UInt16x8 coefficient = twice(coefficients + Quarter * 4);
            const UInt16x8 first = start == nullptr ? UInt16x8{} : twice(start + Quarter * 4);
            for_each_half_cell<Quarter>(digits, cells, wide, [&](Int16x8 digit, Int16* place) AQUATINT_ALWAYS {
                store(place, (start == nullptr ? load<UInt16x8>(place) : first) + as<UInt16x8>(digit) * coefficient);
            });
        });
    }
};

template <>
struct Routine<WidenDigits, Neon> {
    AQUATINT_NOINLINE static void run(const Int8* digits, Size cells, Int16* wide) {
        using namespace neon;
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
            for_each_half_cell<Quarter>(digits, cells, wide,
                                        [](Int16x8 digit, Int16* place) AQUATINT_ALWAYS { store(place, digit); });
        });
    }
};

}}  // namespace aquatint
