// SPDX-License-Identifier: BSL-1.0
// One row of real inputs against neighbouring panels on AVX2: eight chains, since each waits four cycles for its last addition.
#pragma once

#include <aquatint/arch/avx2/fields.hpp>
#include <aquatint/arch/avx2/tile.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <>
struct Routine<RealRow, Avx2> {
    static constexpr Size panels = 4;

    template <Size Panels>
    AQUATINT_NOINLINE static void run(const float* const* numbers, const float* inputs, Size count,
                                      float (*sums)[panel_outputs]) {
        using namespace avx2;
        Accumulators<Float32x8, Panels> total;
        total.load_from(sums);
        const Starts<Panels, float> panel(numbers, 0);
        for (Size input = 0; input < count; ++input) {
            const Float32x8 value = broadcast_real(inputs[input]);
            unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS {
                Float32x8& sum = total.of[At / 2][At % 2];
                sum = pinned(fused(value, load<Float32x8>(panel.of[At / 2] + input * panel_outputs + At % 2 * 8), sum));
            });
        }
        total.store_to(sums);
    }
};

/// A field becomes a number without a shift or a conversion, of which there are too few a cycle: as the low bits of a mantissa
/// whose unit is one. Two panels are four chains, which do not wait because what makes a number takes longer than an addition.
template <Integral Reader>
    requires register_digits<Reader>
struct Routine<CodedRow<Reader>, Avx2> {
    static constexpr Size panels = 2;

    template <Size Panels>
    AQUATINT_NOINLINE static void run(const Byte* const* codes, const RowLevels<Panels>& levels, const float* inputs, Size cells,
                                      float (*sums)[panel_outputs]) {
        using namespace avx2;
        constexpr Size packed = 2 * vector_bytes * Reader::bits / 8;   // bytes of a cell
        constexpr Size together = Reader::bits == 8 ? 1 : 4 / Reader::bits;
        Accumulators<Float32x8, Panels> total;
        total.load_from(sums);
        const Starts<Panels, Byte> panel(codes, 0);
        const auto add = [&]<Size Cell>(Size at) AQUATINT_ALWAYS {
            UInt32x8 fields[Panels][2];
            unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS {
                fields[At / 2][At % 2] = fields_of<2 * Cell + At % 2>(panel.of[At / 2] + at * packed);
            });
            unrolled<cell_inputs>([&]<Size Input>() AQUATINT_ALWAYS {
                const Float32x8 value = broadcast_real(inputs[(at + Cell) * cell_inputs + Input]);
                unrolled<2 * Panels>([&]<Size At>() AQUATINT_ALWAYS {
                    constexpr Size half = At % 2, first = field_bits == 8 ? 0 : (2 * Cell + half) * field_bits;
                    UInt32x8& lanes = fields[At / 2][half];
                    Float32x8 digit = low_bits<first>(lanes);
                    if constexpr (Input + 1 < cell_inputs) lanes >>= 8;
                    if constexpr (Terms<Reader>::has_zero) digit -= to_real(load<Int32x8>(levels.zeros[At / 2] + half * 8));
                    Float32x8& sum = total.of[At / 2][half];
                    sum = pinned(fused(value, digit * load<Float32x8>(levels.scales[At / 2] + half * 8), sum));
                });
            });
        };
        Size cell = 0;
        for (; cell + together <= cells; cell += together)
            unrolled<together>([&]<Size Cell>() AQUATINT_ALWAYS { add.template operator()<Cell>(cell); });
        unrolled<together - 1>([&]<Size Cell>() AQUATINT_ALWAYS {
            if (cell + Cell < cells) add.template operator()<Cell>(cell);
        });
        total.store_to(sums);
    }

private:
    static constexpr bool as_they_lie = avx2::codes_are_digits<Reader>(0);
    static constexpr bool looked_up = !as_they_lie && !avx2::codes_are_digits<Reader>(1 << (Reader::bits - 1));
    static constexpr unsigned field_bits = looked_up ? 8 : Reader::bits;
    static constexpr UInt32 surplus = as_they_lie ? 0 : 1u << (field_bits - 1);   ///< of a field whose sign bit is turned over

    /// The vector that holds this field of each byte.
    template <Size Field>
    AQUATINT_INLINE static avx2::UInt32x8 fields_of(const Byte* codes) {
        using namespace avx2;
        if constexpr (Reader::bits == 8) return load<UInt32x8>(codes + Field * vector_bytes);
        else if constexpr (looked_up) return as<UInt32x8>(FieldDigits<Reader>(codes).template get<Field>());
        else return load<UInt32x8>(codes);
    }
    /// The digit that lies in every lane from bit `First` on.
    template <unsigned First>
    AQUATINT_INLINE static avx2::Float32x8 low_bits(avx2::UInt32x8 lanes) {
        using namespace avx2;
        constexpr UInt32 mask = ((1u << field_bits) - 1) << First, unit = 1u << (23 - First);
        constexpr UInt32 above = (127 + 23 - First) << 23;   // the bits of `unit`, of whose mantissa bit First is worth 1
        const auto mantissa = (lanes & (UInt32x8{} + mask)) ^ (UInt32x8{} + (above | surplus << First));
        return as<Float32x8>(mantissa) - broadcast_real(static_cast<float>(unit + surplus));
    }
};

}}  // namespace aquatint
