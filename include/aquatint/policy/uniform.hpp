// SPDX-License-Identifier: BSL-1.0
// Uniform<bits>: evenly spaced levels, symmetric about zero or with a zero point.
#pragma once

#include <aquatint/base/round.hpp>
#include <aquatint/policy/readings.hpp>
#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

struct Symmetric {};    ///< signed codes in two's complement, zero is code 0; levels -2^(bits-1) ... 2^(bits-1) - 1 steps
struct Asymmetric {};   ///< unsigned codes; the zero point is one of them and part of the levels

/// Evenly spaced levels. `Uniform<8>` is the int8 of every framework; as an activation it becomes `Uniform<8, Asymmetric>`, whose
/// zero point is found by calibration and is 0 after a Relu. One bit is legal: levels {-1, 0} or {0, 1} steps.
template <unsigned Bits, class Zero = Symmetric>
struct Uniform;

template <unsigned Bits>
struct Uniform<Bits, Symmetric> {
    static_assert(Bits >= 1 && Bits <= 8, "aquatint: Uniform<bits> takes 1 to 8 bits");
    static constexpr unsigned bits = Bits;
    static constexpr unsigned codes = 1u << Bits;
    static constexpr bool rounds = true;
    static constexpr char name[] = {'u', 'n', 'i', 'f', 'o', 'r', 'm', static_cast<char>('0' + Bits), '/', '1', '\0'};
    using AsActivation = Uniform<Bits, Asymmetric>;
    struct Levels {
        float scale = 1;   ///< one step; negative where a channel uses its extra level on the positive side
    };

    static constexpr int lowest = -(1 << (Bits - 1));
    static constexpr int highest = (1 << (Bits - 1)) - 1;

    static constexpr int integer(unsigned code) { return static_cast<int>((code ^ (codes >> 1)) & (codes - 1)) + lowest; }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<Uniform>(code, levels); }
    /// Nearest level, ties to the even integer; beyond the ends the end; NaN the code of zero. Multiplies by the reciprocal of
    /// the scale, as the kernels do, so that both give the same code.
    static constexpr unsigned encode(float x, Levels levels) {
        if (x != x || levels.scale == 0) return 0;
        const Int32 nearest =
            round_even(clamp(x * (1.0f / levels.scale), static_cast<float>(lowest), static_cast<float>(highest)));
        return static_cast<unsigned>(nearest) & (codes - 1);
    }
    static constexpr bool valid(const Levels& levels) { return usable_scale(levels.scale); }

    /// Levels that reach the larger end of the range with the level that both signs have (TensorFlow Lite, ONNX); one bit has
    /// its only level there. The neutral scale 1 where the range is only zero.
    static constexpr Levels fit_range(float low, float high) {
        const float end = most(-low, high);
        if (end == 0) return {};
        if constexpr (bits == 1) return {to_scale(static_cast<double>(high > -low ? -high : -low))};
        else return {to_scale(static_cast<double>(end) / highest)};
    }
    /// The least mean-square error over scales of both signs. The neutral scale 1 where all samples are zero.
    static constexpr Levels fit(VectorView<const float> samples) {
        const Distribution distribution(samples);
        if (distribution.largest() == 0) return {};
        double units[codes]{};
        for (unsigned i = 0; i < codes; ++i) units[i] = static_cast<int>(i) + lowest;
        const ScaleSearch search{distribution, units};
        ScaleTrial best = search.run();
        best.keep_better(search.run(-1));
        const auto covering = fit_range(static_cast<float>(distribution.lowest()), static_cast<float>(distribution.highest()));
        return better_levels<Uniform>(samples, {to_scale(best.scale)}, covering);
    }
};

template <unsigned Bits>
struct Uniform<Bits, Asymmetric> {
    static_assert(Bits >= 1 && Bits <= 8, "aquatint: Uniform<bits> takes 1 to 8 bits");
    static constexpr unsigned bits = Bits;
    static constexpr unsigned codes = 1u << Bits;
    static constexpr bool rounds = true;
    static constexpr char name[] = {'u', 'n', 'i', 'f', 'o', 'r', 'm', static_cast<char>('0' + Bits), 'a', '/', '1', '\0'};
    struct Levels {
        float scale = 1;   ///< one step, positive
        Int32 zero = 0;    ///< the code that means zero, 0 ... 2^bits - 1
    };

    static constexpr int integer(unsigned code) { return static_cast<int>(code); }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<Uniform>(code, levels); }
    /// Nearest level, ties to the even distance from zero; beyond the ends the end; NaN the code of zero.
    static constexpr unsigned encode(float x, Levels levels) {
        if (x != x || levels.scale == 0) return static_cast<unsigned>(levels.zero);
        const float low = static_cast<float>(-levels.zero);
        const float high = static_cast<float>(static_cast<int>(codes) - 1 - levels.zero);
        return static_cast<unsigned>(round_even(clamp(x * (1.0f / levels.scale), low, high)) + levels.zero);
    }
    static constexpr bool valid(const Levels& levels) {
        return usable_scale(levels.scale) && levels.zero >= 0 && levels.zero < static_cast<Int32>(codes);
    }

    /// Levels that cover the range and zero: scale = (high - low) / (2^bits - 1), zero = -low / scale rounded, ties to even
    /// (ONNX). The neutral scale 1 where the range is only zero.
    static constexpr Levels fit_range(float low, float high) {
        const double bottom = static_cast<double>(least(low, 0.0f)), top = static_cast<double>(most(high, 0.0f));
        if (top == bottom) return {};
        const float scale = to_scale((top - bottom) / (codes - 1));
        const Int32 zero = round_even(static_cast<float>(-bottom / static_cast<double>(scale)));
        return {scale, least(zero, static_cast<Int32>(codes) - 1)};
    }
    /// The least mean-square error over scales and zero points. The neutral scale 1 where all samples are zero.
    static constexpr Levels fit(VectorView<const float> samples) {
        const Distribution distribution(samples);
        const float low = static_cast<float>(distribution.lowest()), high = static_cast<float>(distribution.highest());
        if (low == 0 && high == 0) return {};
        Search best{distribution};
        float low_part = 0.6f, high_part = 0.6f;   // of the range, how much is kept; a grid that closes in on the best
        for (float step = 0.2f; step > 0.01f; step *= 0.5f) {
            const float low_middle = low_part, high_middle = high_part;
            for (int i = 0; i < 25; ++i) {
                const float keep_low = low_middle + step * static_cast<float>(i / 5 - 2);
                const float keep_high = high_middle + step * static_cast<float>(i % 5 - 2);
                if (!best.attempt(fit_range(low * keep_low, high * keep_high))) continue;
                low_part = keep_low;
                high_part = keep_high;
            }
        }
        best.keep_better(best.about(best.zero).refine(best.trial), best.zero);
        const Levels found{to_scale(best.trial.scale), best.zero};
        return better_levels<Uniform>(samples, found, fit_range(low, high));
    }

private:
    /// The best trial so far and the zero point that it belongs to.
    struct Search {
        const Distribution& samples;
        ScaleTrial trial{};
        Int32 zero = 0;
        double units[codes]{};

        constexpr ScaleSearch about(Int32 zero_point) {
            for (unsigned i = 0; i < codes; ++i) units[i] = static_cast<Int32>(i) - zero_point;
            return {samples, units};
        }
        constexpr bool keep_better(const ScaleTrial& other, Int32 zero_point) {
            const double before = trial.error;
            trial.keep_better(other);
            if (trial.error == before) return false;
            zero = zero_point;
            return true;
        }
        constexpr bool attempt(Levels levels) {
            return keep_better(about(levels.zero).attempt(static_cast<double>(levels.scale)), levels.zero);
        }
    };
};

}}  // namespace aquatint::v0
