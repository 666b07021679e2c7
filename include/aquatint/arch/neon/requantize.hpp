// SPDX-License-Identifier: BSL-1.0
// The epilogues on NEON: bias, shortcuts, and accumulators or real numbers to codes. Sixteen outputs are four vectors.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/neon/vector.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <>
struct Routine<AddBias, Neon> {
    AQUATINT_INLINE static void run(Int32* sums, const Int32* bias, unsigned shift) {
        using namespace neon;
        for (Size first = 0; first < panel_outputs; first += 4)
            store(sums + first, (load<UInt32x4>(sums + first) << shift) + load<UInt32x4>(bias + first));
    }
};

template <>
struct Routine<AddShortcut, Neon> {
    AQUATINT_INLINE static void run(Int32* sums, const Byte* codes, Int32 zero, const float* scale) {
        using namespace neon;
        constexpr float limit = 1 << 30;
        for (Size first = 0; first < panel_outputs; first += 4) {
            const Float32x4 steps = to_real(widen_bytes(codes + first) - broadcast32(zero)) * load<Float32x4>(scale + first);
            const Int32x4 shortcut = round_even(clamp(steps, broadcast_real(-limit), broadcast_real(limit)));
            store(sums + first, load<Int32x4>(sums + first) + shortcut);
        }
    }
};

namespace neon {

/// Sixteen numbers in accumulator units to codes.
template <class Vector, class Number>
AQUATINT_INLINE UInt8x16 requantized(const Number* numbers, const Rescale& rescale) {
    Int32x4 codes[quarters];
    unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
        const auto values = load<Vector>(numbers + Quarter * 4);
        Float32x4 scale = load<Float32x4>(rescale.scale + Quarter * 4);
        if (rescale.negative_scale != nullptr)
            scale = values < Vector{} ? load<Float32x4>(rescale.negative_scale + Quarter * 4) : scale;
        const Float32x4 steps = __builtin_convertvector(values, Float32x4) * scale;
        codes[Quarter] =
            round_even(clamp(steps, broadcast_real(rescale.low), broadcast_real(rescale.high))) + broadcast32(rescale.zero);
    });
    return low_bytes(codes);
}

}  // namespace neon

template <>
struct Routine<Requantize, Neon> {
    AQUATINT_INLINE static void run(const Int32* sums, const Rescale& rescale, Byte* codes) {
        neon::store(codes, neon::requantized<neon::Int32x4>(sums, rescale));
    }
};

template <>
struct Routine<QuantizeReal, Neon> {
    AQUATINT_INLINE static void run(const float* values, const Rescale& rescale, Byte* codes) {
        neon::store(codes, neon::requantized<neon::Float32x4>(values, rescale));
    }
};

template <>
struct Routine<ToReal, Neon> {
    AQUATINT_INLINE static void run(const Int32* sums, const float* scale, const float* offset, float* values) {
        using namespace neon;
        for (Size first = 0; first < panel_outputs; first += 4)
            store(values + first, fused(to_real(load<Int32x4>(sums + first)), load<Float32x4>(scale + first),
                                        load<Float32x4>(offset + first)));
    }
};

template <>
struct Routine<ToRealWithTotal, Neon> {
    AQUATINT_INLINE static void run(const Int32* sums, const float* scale, float total, const float* total_scale,
                                    const float* constant, float* values) {
        using namespace neon;
        const Float32x4 totals = broadcast_real(total);
        for (Size first = 0; first < panel_outputs; first += 4) {
            const Float32x4 steady = fused(totals, load<Float32x4>(total_scale + first), load<Float32x4>(constant + first));
            store(values + first, fused(to_real(load<Int32x4>(sums + first)), load<Float32x4>(scale + first), steady));
        }
    }
};

template <>
struct Routine<AddReal, Neon> {
    AQUATINT_INLINE static void run(float* values, const float* numbers) {
        using namespace neon;
        for (Size first = 0; first < panel_outputs; first += 4)
            store(values + first, load<Float32x4>(values + first) + load<Float32x4>(numbers + first));
    }
};

template <>
struct Routine<Activate, Neon> {
    AQUATINT_INLINE static void run(const float* values, const RealActivation& activation, float* results) {
        using namespace neon;
        const Float32x4 none{};
        for (Size first = 0; first < panel_outputs; first += 4) {
            Float32x4 value = load<Float32x4>(values + first);
            if (activation.negative != nullptr) {
                const Float32x4 above = value > none ? value : none, below = value < none ? value : none;
                value = fused(above, load<Float32x4>(activation.positive + first),
                              below * load<Float32x4>(activation.negative + first));
            }
            store(results + first, clamp(value, broadcast_real(activation.low), broadcast_real(activation.high)));
        }
    }
};

template <unsigned Count>
struct Routine<EncodeByThresholds<Count>, Neon> {
    AQUATINT_INLINE static void run(const float* values, const ByteThresholds& levels, Byte* bytes) {
        using namespace neon;
        const Float32x4 none{};
        Int32x4 below[quarters];
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
            auto value = load<Float32x4>(values + Quarter * 4);
            value = value == value ? value : none;
            Int32x4 count{};
            unrolled<Count>([&]<Size Level>() AQUATINT_ALWAYS { count -= value > broadcast_real(levels.threshold[Level]); });
            below[Quarter] = count;
        });
        store(bytes, look_up(load<UInt8x16>(levels.byte), low_bytes(below)));
    }
};

}}  // namespace aquatint
