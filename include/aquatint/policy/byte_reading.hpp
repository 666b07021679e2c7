// SPDX-License-Identifier: BSL-1.0
// An activation as a byte: how far its level lies above the lowest one, in whole steps. What integer kernels read.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/policy/readings.hpp>

namespace aquatint { inline namespace v0 {

template <class Reader>
constexpr bool spans_a_byte() {
    if constexpr (Terms<Reader>::planes) return Terms<Reader>::lowest_digit == 0 && !Terms<Reader>::has_offset;
    else if constexpr (Terms<Reader>::halved) return false;
    else return Terms<Reader>::highest_digit - Terms<Reader>::lowest_digit <= 255;
}

/// level = (byte - zero) * scale, plus the offset of a SignReading. Bit planes qualify where they are {0, 1}; their basis is then
/// not negative and sums to at most 255.
template <class Candidate>
concept ByteReading = (Integral<Candidate> || SignReading<Candidate>) && spans_a_byte<Candidate>();

template <ByteReading Reader>
struct ByteLevels {
    using Levels = typename Reader::Levels;
    static constexpr int lowest = Terms<Reader>::planes ? 0 : Terms<Reader>::lowest_digit;
    static constexpr int highest_byte = Terms<Reader>::planes ? 255 : Terms<Reader>::highest_digit - lowest;
    /// Every byte up to the highest is a level.
    static constexpr bool contiguous = !Terms<Reader>::planes && Reader::codes == static_cast<unsigned>(highest_byte) + 1;
    /// And the policy's own encode is rounding, so that routines may round in its place.
    static constexpr bool linear = contiguous && requires { requires Reader::rounds; };

    AQUATINT_INLINE static constexpr Int32 zero(const Levels& levels) { return Terms<Reader>::zero(levels) - lowest; }
    static constexpr Byte byte(unsigned code, const Levels& levels) {
        return static_cast<Byte>(Terms<Reader>::integer(code, levels) + zero(levels));
    }
    /// How far the first level that is no byte lies above the lowest one; 0 where all are
    /// bytes. Only those of a basis may not be.
    static constexpr Int32 beyond(const Levels& levels) {
        if constexpr (Terms<Reader>::planes)
            for (unsigned code = 0; code < Reader::codes; ++code)
                if (const Int32 steps = Terms<Reader>::integer(code, levels) + zero(levels); steps < 0 || steps > highest_byte)
                    return steps;
        return 0;
    }
};

/// Weights whose digits, less their zero point, fit a signed byte.
template <class Reader>
constexpr bool digits_fit_a_byte() {
    const int shift = Terms<Reader>::has_zero ? Terms<Reader>::highest_digit : 0;
    return Terms<Reader>::lowest_digit - shift >= -128 && Terms<Reader>::highest_digit <= 127;
}
template <class Candidate>
concept DigitReading = (Integral<Candidate> || SignReading<Candidate>) && digits_fit_a_byte<Candidate>();

/// The largest magnitude that a digit, less its zero point, can have.
template <DigitReading Reader>
inline constexpr int largest_digit = most(Terms<Reader>::highest_digit,
                                          (Terms<Reader>::has_zero ? Terms<Reader>::highest_digit : 0) -
                                              Terms<Reader>::lowest_digit);

/// The largest magnitude of a whole weight: of all its terms where their coefficients are 1.
template <DigitReading Reader>
inline constexpr int largest_weight = largest_digit<Reader> * (Terms<Reader>::halved ? 2 : 1);

}}  // namespace aquatint::v0
