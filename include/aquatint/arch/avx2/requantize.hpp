// SPDX-License-Identifier: BSL-1.0
// The epilogues on AVX2: bias, shortcuts, and accumulators or real numbers to codes. Sixteen outputs are two vectors.
#pragma once

#include <aquatint/arch/avx2/vector.hpp>
#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <>
struct Routine<AddBias, Avx2> {
    AQUATINT_INLINE static void run(Int32* sums, const Int32* bias, unsigned shift) {
        using namespace avx2;
        for (Size half = 0; half < panel_outputs; half += 8)
            store(sums + half, (load<Int32x8>(sums + half) << static_cast<Int32>(shift)) + load<Int32x8>(bias + half));
    }
};

template <>
struct Routine<AddShortcut, Avx2> {
    AQUATINT_INLINE static void run(Int32* sums, const Byte* codes, Int32 zero, const float* scale) {
        using namespace avx2;
        constexpr float limit = 1 << 30;
        for (Size half = 0; half < panel_outputs; half += 8) {
            const Float32x8 steps = to_real(widen_bytes(codes + half) - broadcast32(zero)) * load<Float32x8>(scale + half);
            const Int32x8 shortcut = round_even(clamp(steps, broadcast_real(-limit), broadcast_real(limit)));
            store(sums + half, load<Int32x8>(sums + half) + shortcut);
        }
    }
};

namespace avx2 {

/// Eight numbers in accumulator units to codes. `signs` carries the sign of each in its highest bit.
AQUATINT_INLINE Int32x8 requantized(Float32x8 values, Float32x8 signs, Size half, const Rescale& rescale) {
    Float32x8 scale = load<Float32x8>(rescale.scale + half);
    if (rescale.negative_scale != nullptr)
        scale = select_by_sign(signs, load<Float32x8>(rescale.negative_scale + half), scale);
    const Float32x8 steps = clamp(values * scale, broadcast_real(rescale.low), broadcast_real(rescale.high));
    return round_even(steps) + broadcast32(rescale.zero);
}

AQUATINT_INLINE Int32x8 requantized(Int32x8 sums, Size half, const Rescale& rescale) {
    return requantized(to_real(sums), as<Float32x8>(sums), half, rescale);
}
/// -0 is not negative.
AQUATINT_INLINE Int32x8 requantized(Float32x8 values, Size half, const Rescale& rescale) {
    return requantized(values, as<Float32x8>(values < Float32x8{}), half, rescale);
}

/// The numbers of pixels, one after the other, to codes: two pixels are packed together.
template <class Vector, class Number>
AQUATINT_INLINE void requantize_strip(const Number (*numbers)[panel_outputs], Size pixels, const Rescale& rescale, Byte* codes,
                                      Size pitch) {
    const Rescale own_rescale = rescale;   // which no store may change
    const auto eight = [&](Size pixel, Size at) AQUATINT_ALWAYS {
        return requantized(load<Vector>(numbers[pixel] + at), at, own_rescale);
    };
    Size pixel = 0;
    for (; pixel + 2 <= pixels; pixel += 2, codes += 2 * pitch) {
        const Int8x32 two = to_bytes(eight(pixel, 0), eight(pixel, 8), eight(pixel + 1, 0), eight(pixel + 1, 8));
        store(codes, half<Int8x16, 0>(two));
        store(codes + pitch, half<Int8x16, 1>(two));
    }
    if (pixel != pixels) store(codes, to_bytes(eight(pixel, 0), eight(pixel, 8)));
}

/// The numbers of neighbouring panels, whose scales follow each other, to codes.
template <Size Panels, class Vector, class Number>
AQUATINT_INLINE void requantize_panels(const Number (*numbers)[panel_outputs], const Rescale& rescale, Byte* codes) {
    const auto eight = [&](Size half) AQUATINT_ALWAYS {
        return requantized(load<Vector>(numbers[half / 2] + half % 2 * 8), half * 8, rescale);
    };
    unrolled<Panels / 2>([&]<Size Two>() AQUATINT_ALWAYS {
        constexpr Size at = 4 * Two;
        store(codes + at * 8, to_bytes(eight(at), eight(at + 1), eight(at + 2), eight(at + 3)));
    });
    if constexpr (Panels % 2 != 0) store(codes + (Panels - 1) * 16, to_bytes(eight(2 * Panels - 2), eight(2 * Panels - 1)));
}

}  // namespace avx2

template <>
struct Routine<Requantize, Avx2> {
    template <Size Panels>
    AQUATINT_INLINE static void run_panels(const Int32 (*sums)[panel_outputs], const Rescale& rescale, Byte* codes) {
        avx2::requantize_panels<Panels, avx2::Int32x8>(sums, rescale, codes);
    }
    AQUATINT_INLINE static void run(const Int32* sums, const Rescale& rescale, Byte* codes) {
        using namespace avx2;
        store(codes, to_bytes(requantized(load<Int32x8>(sums), 0, rescale), requantized(load<Int32x8>(sums + 8), 8, rescale)));
    }
    AQUATINT_NOINLINE static void run_strip(const Int32 (*sums)[panel_outputs], Size pixels, const Rescale& rescale, Byte* codes,
                                            Size pitch) {
        avx2::requantize_strip<avx2::Int32x8>(sums, pixels, rescale, codes, pitch);
    }
};

template <>
struct Routine<QuantizeReal, Avx2> {
    template <Size Panels>
    AQUATINT_INLINE static void run_panels(const float (*values)[panel_outputs], const Rescale& rescale, Byte* codes) {
        avx2::requantize_panels<Panels, avx2::Float32x8>(values, rescale, codes);
    }
    AQUATINT_INLINE static void run(const float* values, const Rescale& rescale, Byte* codes) {
        using namespace avx2;
        store(codes,
              to_bytes(requantized(load<Float32x8>(values), 0, rescale), requantized(load<Float32x8>(values + 8), 8, rescale)));
    }
    AQUATINT_NOINLINE static void run_strip(const float (*values)[panel_outputs], Size pixels, const Rescale& rescale,
                                            Byte* codes, Size pitch) {
        avx2::requantize_strip<avx2::Float32x8>(values, pixels, rescale, codes, pitch);
    }
};

template <>
struct Routine<ToReal, Avx2> {
    AQUATINT_INLINE static void run(const Int32* sums, const float* scale, const float* offset, float* values) {
        using namespace avx2;
        for (Size half = 0; half < panel_outputs; half += 8)
            store(values + half, fused(to_real(load<Int32x8>(sums + half)), load<Float32x8>(scale + half),
                                       load<Float32x8>(offset + half)));
    }
};

template <>
struct Routine<ToRealWithTotal, Avx2> {
    AQUATINT_INLINE static void run(const Int32* sums, const float* scale, float total, const float* total_scale,
                                    const float* constant, float* values) {
        using namespace avx2;
        const Float32x8 totals = broadcast_real(total);
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            constexpr Size at = Half * 8;
            const Float32x8 steady = fused(totals, load<Float32x8>(total_scale + at), load<Float32x8>(constant + at));
            store(values + at, fused(to_real(load<Int32x8>(sums + at)), load<Float32x8>(scale + at), steady));
        });
    }
};

template <>
struct Routine<AddReal, Avx2> {
    AQUATINT_INLINE static void run(float* values, const float* numbers) {
        using namespace avx2;
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            store(values + Half * 8, load<Float32x8>(values + Half * 8) + load<Float32x8>(numbers + Half * 8));
        });
    }
};

template <>
struct Routine<Activate, Avx2> {
    AQUATINT_INLINE static void run(const float* values, const RealActivation& activation, float* results) {
        using namespace avx2;
        const Float32x8 none{}, low = broadcast_real(activation.low), high = broadcast_real(activation.high);
        unrolled<2>([&]<Size Half>() AQUATINT_ALWAYS {
            constexpr Size at = Half * 8;
            Float32x8 value = load<Float32x8>(values + at);
            if (activation.negative != nullptr) {
                const Float32x8 above = __builtin_ia32_maxps256(value, none), below = __builtin_ia32_minps256(value, none);
                value =
                    fused(above, load<Float32x8>(activation.positive + at), below * load<Float32x8>(activation.negative + at));
            }
            store(results + at, clamp(value, low, high));
        });
    }
};

template <>
struct Routine<EncodeSigns, Avx2> {
    AQUATINT_NOINLINE static void run(const float* values, Size count, float threshold, bool downward, Byte* bytes) {
        using namespace avx2;
        const Float32x8 middle = broadcast_real(threshold), none{};
        const auto encode = [&](auto&& reaches) AQUATINT_ALWAYS {
            const auto twos = [&](const float* from) AQUATINT_ALWAYS {
                Float32x8 value = load<Float32x8>(from);
                value = value == value ? value : none;
                return reaches(value) & broadcast32(2);
            };
            Size i = 0;
            for (; i + 32 <= count; i += 32)
                store(bytes + i, to_bytes(twos(values + i), twos(values + i + 8), twos(values + i + 16), twos(values + i + 24)));
            if (i != count) store(bytes + i, to_bytes(twos(values + i), twos(values + i + 8)));
        };
        if (downward) encode([&](Float32x8 value) AQUATINT_ALWAYS { return value <= middle; });
        else encode([&](Float32x8 value) AQUATINT_ALWAYS { return value >= middle; });
    }
};

template <unsigned Count>
struct Routine<EncodeByThresholds<Count>, Avx2> {
    AQUATINT_INLINE static void run(const float* values, const ByteThresholds& levels, Byte* bytes) {
        using namespace avx2;
        const Float32x8 none{};
        const auto below = [&](const float* from) AQUATINT_ALWAYS {
            Float32x8 value = load<Float32x8>(from);
            value = value == value ? value : none;
            Int32x8 count{};
            unrolled<Count>([&]<Size Level>() AQUATINT_ALWAYS { count -= value > broadcast_real(levels.threshold[Level]); });
            return count;
        };
        const auto places = to_bytes(below(values), below(values + 8));
        store(bytes, __builtin_ia32_pshufb128(load<Int8x16>(levels.byte), places));
    }
};

}}  // namespace aquatint
