// SPDX-License-Identifier: BSL-1.0
// As what a policy's codes can be read: one integer, or bit planes with an integer basis; both seen as sums of terms.
#pragma once

#include <aquatint/policy/concept.hpp>

namespace aquatint { inline namespace v0 {

/// level = (integer(code) - zero) * scale. `Levels` has `scale`, and `zero` where the policy shifts its levels by a whole step;
/// levels with an `offset` are read as real numbers. Where encode(x) is the code of round_even(x * (1 / scale)) + zero, within
/// the codes, the policy says `rounds = true`: then activations are rounded sixteen at a time.
template <class Candidate>
concept IntegerReading = Policy<Candidate> && requires(unsigned code, typename Candidate::Levels levels) {
    { Candidate::integer(code) } -> std::same_as<int>;
    { levels.scale } -> std::convertible_to<float>;
} && !requires(typename Candidate::Levels levels) { levels.offset; };

/// level = (sum over k of basis[k] * plane(code, k) + offset) * scale; `offset` where the policy has one.
template <class Candidate>
concept PlaneReading = Policy<Candidate> && requires(unsigned code, unsigned plane, typename Candidate::Levels levels) {
    { Candidate::planes } -> std::convertible_to<unsigned>;
    { Candidate::plane(code, plane) } -> std::same_as<int>;
    { levels.basis[0] } -> std::convertible_to<int>;
    { levels.scale } -> std::convertible_to<float>;
};

/// level = scale * sign(code) + offset, sign -1 or +1 and the offset any number: not integral, but products of such policies are
/// made of integer sums of signs.
template <class Candidate>
concept SignReading = Policy<Candidate> && requires(unsigned code, typename Candidate::Levels levels) {
    { Candidate::sign(code) } -> std::same_as<int>;
    { levels.scale } -> std::convertible_to<float>;
    { levels.offset } -> std::convertible_to<float>;
};

/// A policy whose levels are whole multiples of one scale: it runs in integer arithmetic.
template <class Candidate>
concept Integral = IntegerReading<Candidate> || PlaneReading<Candidate>;

/// Both readings in one form: level = (sum over t of coefficient_t * digit_t(code) - zero) * scale, digits known at compile time.
template <class Reader>
struct Terms;

template <Integral Reader>
struct Terms<Reader> {
    using Levels = typename Reader::Levels;
    static constexpr bool has_zero = requires(Levels levels) { levels.zero; };
    static constexpr bool has_offset = requires(Levels levels) { levels.offset; };
    static constexpr bool planes = !IntegerReading<Reader>;
    /// Integers past a signed byte are the sum of two halves, so that the kernels need no wider digits.
    static constexpr bool halved = [] {
        if constexpr (!planes)
            for (unsigned code = 0; code < Reader::codes; ++code)
                if (!has_zero && (Reader::integer(code) > 127 || Reader::integer(code) < -128)) return true;
        return false;
    }();
    static constexpr unsigned count = [] {
        if constexpr (planes) return Reader::planes;
        else return halved ? 2u : 1u;
    }();

    static constexpr int digit(unsigned code, unsigned term) {
        if constexpr (planes) {
            return Reader::plane(code, term);
        } else {
            const int integer = Reader::integer(code);
            if (!halved) return integer;
            return term == 0 ? integer / 2 : integer - integer / 2;
        }
    }
    static constexpr int coefficient([[maybe_unused]] const Levels& levels, [[maybe_unused]] unsigned term) {
        if constexpr (planes) return levels.basis[term];
        else return 1;
    }
    static constexpr int zero([[maybe_unused]] const Levels& levels) {
        if constexpr (has_zero) return levels.zero;
        else if constexpr (has_offset) return -static_cast<int>(levels.offset);
        else return 0;
    }
    static constexpr int integer(unsigned code, const Levels& levels) {
        int sum = -zero(levels);
        for (unsigned term = 0; term < count; ++term) sum += coefficient(levels, term) * digit(code, term);
        return sum;
    }

    static constexpr int lowest_digit = [] {
        int lowest = digit(0, 0);
        for (unsigned code = 0; code < Reader::codes; ++code)
            for (unsigned term = 0; term < count; ++term) lowest = least(lowest, digit(code, term));
        return lowest;
    }();
    static constexpr int highest_digit = [] {
        int highest = digit(0, 0);
        for (unsigned code = 0; code < Reader::codes; ++code)
            for (unsigned term = 0; term < count; ++term) highest = most(highest, digit(code, term));
        return highest;
    }();
};

/// The signs; what the real offsets add to a product is the business of its epilogue.
template <SignReading Reader>
struct Terms<Reader> {
    using Levels = typename Reader::Levels;
    static constexpr bool has_zero = false, has_offset = false, planes = false, halved = false;
    static constexpr unsigned count = 1;
    static constexpr int lowest_digit = -1, highest_digit = 1;
    static constexpr int digit(unsigned code, unsigned) { return Reader::sign(code); }
    static constexpr int coefficient(const Levels&, unsigned) { return 1; }
    static constexpr int zero(const Levels&) { return 0; }
    static constexpr int integer(unsigned code, const Levels&) { return Reader::sign(code); }
};

/// The definition of decode for every integral policy: one conversion, one multiplication.
template <Integral Reader>
constexpr float level_of(unsigned code, const typename Reader::Levels& levels) {
    return static_cast<float>(Terms<Reader>::integer(code, levels)) * levels.scale;
}

}}  // namespace aquatint::v0
