// SPDX-License-Identifier: BSL-1.0
// Packed codes to digits on AVX2: shift and mask, join the field planes, then arithmetic or a table in a register.
#pragma once

#include <aquatint/arch/avx2/vector.hpp>
#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>
#include <aquatint/arch/vector/decoding.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// Digits before their offset is subtracted.
template <class Rule>
AQUATINT_INLINE Int8x32 before_offset(Int8x32 codes) {
    if constexpr (Rule::arithmetic) {
        return Rule::flip == 0 ? codes : codes ^ broadcast8(static_cast<int>(Rule::flip));
    } else {
        const Int8x32 low = look_up(broadcast_half(Rule::low_codes.of), codes);
        if constexpr (Rule::digit_tables == 1) return low;
        else
            return select_by_sign(as<Int8x32>(as<Int16x16>(codes) << 3), look_up(broadcast_half(Rule::high_codes.of), codes),
                                  low);
    }
}

/// Bits from `From` upwards moved to `To` upwards, in every byte; what crosses bytes is masked by the caller.
template <unsigned From, unsigned To>
AQUATINT_INLINE Int8x32 move_bits(Int8x32 bytes) {
    if constexpr (From > To) return as<Int8x32>(as<UInt16x16>(bytes) >> (From - To));
    else if constexpr (From < To) return as<Int8x32>(as<UInt16x16>(bytes) << (To - From));
    else return bytes;
}

/// The codes of byte vector `Vector`, counted from where `planes` points.
template <unsigned Bits, Size Vector>
AQUATINT_INLINE Int8x32 load_codes(const Byte* const* planes) {
    constexpr FieldPlanes form(Bits);
    Int8x32 codes{};
    unrolled<form.count>([&]<Size Plane>() AQUATINT_ALWAYS {
        constexpr unsigned width = form.width[Plane], low_bit = form.low_bit[Plane];
        constexpr Size fields = 8 / width;
        constexpr unsigned mask = ((1u << width) - 1) << low_bit;
        const auto packed = load<Int8x32>(planes[Plane] + Vector / fields * vector_bytes);
        codes |= move_bits<Vector % fields * width, low_bit>(packed) & broadcast8(static_cast<int>(mask));
    });
    return codes;
}

}  // namespace avx2

template <Integral Reader, unsigned Term>
    requires Decoding<Reader, Term>::in_registers
struct Routine<DecodeDigits<Reader, Term>, Avx2> {
    AQUATINT_NOINLINE static void run(const Byte* panel, const CellOrder& order, const Int8* zeros, Int8* digits) {
        using namespace avx2;
        using Rule = Decoding<Reader, Term>;
        constexpr FieldPlanes form(Reader::bits);
        constexpr Size group = most(Size(2), Size(8 / form.width[form.count - 1]));   // byte vectors of a step: whole cells
        const CellOffsets of(zeros, Rule::offset);
        const Int8x32 offsets[2] = {load<Int8x32>(of.lanes), load<Int8x32>(of.lanes + 8)};
        const Byte* planes[form.count];
        for (unsigned plane = 0; plane < form.count; ++plane) {
            planes[plane] = panel;
            panel += order.plane_bytes(form.width[plane]);
        }
        for (Size left = order.byte_vectors(); left != 0; left -= least(left, group)) {
            unrolled<group>([&]<Size Vector>() AQUATINT_ALWAYS {
                if (Vector >= left) return;
                const Int8x32 codes = load_codes<Reader::bits, Vector>(planes);
                store(digits + Vector * vector_bytes, subtract(before_offset<Rule>(codes), offsets[Vector % 2]));
            });
            for (unsigned plane = 0; plane < form.count; ++plane) planes[plane] += group * form.width[plane] / 8 * vector_bytes;
            digits += group * vector_bytes;
        }
    }
};

template <>
struct Routine<JoinDigits, Avx2> {
    AQUATINT_NOINLINE static void run(const Int8* digits, Size cells, const Int16* coefficients, const Int16* start,
                                      Int16* wide) {
        using namespace avx2;
        const auto twice = [](const Int16* numbers) AQUATINT_ALWAYS {   // of eight outputs, for the two inputs of a lane
            const auto lanes = __builtin_convertvector(load<UInt16x8>(numbers), Int32x8);
            return as<Int16x16>(lanes | lanes << 16);
        };
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            const Int16x16 coefficient = twice(coefficients + Half * 8);
            const Int16x16 first = start == nullptr ? Int16x16{} : twice(start + Half * 8);
            const Int8* from = digits + Half * vector_bytes;
            Int16* to = wide + Half * 16;
            for (Size cell = 0; cell < cells; ++cell, from += 2 * vector_bytes, to += 4 * vector_bytes / sizeof(Int16)) {
                const auto pairs = load<Int16x16>(from);
                const auto join = [&](Int16x16 digit, Int16* place) AQUATINT_ALWAYS {
                    const Int16x16 before = start == nullptr ? load<Int16x16>(place) : first;
                    store(place, as<Int16x16>(as<UInt16x16>(before) + as<UInt16x16>(digit) * as<UInt16x16>(coefficient)));
                };
                join((pairs << 8) >> 8, to);
                join(pairs >> 8, to + 2 * panel_outputs);
            }
        });
    }
};

template <>
struct Routine<WidenDigits, Avx2> {
    AQUATINT_NOINLINE static void run(const Int8* digits, Size cells, Int16* wide) {
        using namespace avx2;
        for (Size cell = 0; cell < cells; ++cell, digits += 2 * vector_bytes, wide += 4 * vector_bytes / sizeof(Int16))
            unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
                const auto pairs = load<Int16x16>(digits + Half * vector_bytes);
                store(wide + Half * 16, (pairs << 8) >> 8);
                store(wide + Half * 16 + 32, pairs >> 8);
            });
    }
};

}}  // namespace aquatint
