// SPDX-License-Identifier: BSL-1.0
// Uniform<bits>: evenly spaced levels, symmetric about zero or with a zero point.
#pragma once

#include <aquatint/base/round.hpp>
#include <aquatint/policy/readings.hpp>

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
    static constexpr char name[] = {'u', 'n', 'i', 'f', 'o', 'r', 'm', static_cast<char>('0' + Bits), '/', '1', '\0'};
    using AsActivation = Uniform<Bits, Asymmetric>;
    struct Levels {
        float scale = 1;   ///< one step; negative where a channel uses its extra level on the positive side
    };

    static constexpr int lowest = -(1 << (Bits - 1));
    static constexpr int highest = (1 << (Bits - 1)) - 1;

    static constexpr int integer(unsigned code) { return static_cast<int>((code ^ (codes >> 1)) & (codes - 1)) + lowest; }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<Uniform>(code, levels); }
    /// Nearest level, ties to the even integer; beyond the ends the end; NaN the code of zero. Multiplies by the reciprocal of the
    /// scale, as the kernels do, so that both give the same code.
    static constexpr unsigned encode(float x, Levels levels) {
        if (x != x || levels.scale == 0) return 0;
        const Int32 nearest = round_even(clamp(x * (1.0f / levels.scale), static_cast<float>(lowest), static_cast<float>(highest)));
        return static_cast<unsigned>(nearest) & (codes - 1);
    }
};

template <unsigned Bits>
struct Uniform<Bits, Asymmetric> {
    static_assert(Bits >= 1 && Bits <= 8, "aquatint: Uniform<bits> takes 1 to 8 bits");
    static constexpr unsigned bits = Bits;
    static constexpr unsigned codes = 1u << Bits;
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
};

}}  // namespace aquatint::v0
