// SPDX-License-Identifier: BSL-1.0
// Packed fields of one, two and four bits on AVX2 become bytes in registers.
#pragma once

#include <aquatint/arch/avx2/vector.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// Whether codes are their digits: as they lie, `half` being 0, or in two's complement, `half` being half of their number.
template <class Reader>
constexpr bool codes_are_digits(int half) {
    for (unsigned code = 0; code < Reader::codes; ++code)
        if (Terms<Reader>::digit(code, 0) != (static_cast<int>(code) ^ half) - half) return false;
    return true;
}

/// Codes of one, two or four bits to digits: a shuffle looks them up by the nibble that they lie in. Four bits in two's
/// complement are moved up to 0 ... 15 instead, which takes one instruction less for two
/// vectors, and the inputs' sum takes it back.
template <class Reader>
struct FieldDigits {
    static constexpr Size in_nibble = 4 / Reader::bits;
    static constexpr int raised = Reader::bits == 4 && codes_are_digits<Reader>(8) ? 8 : 0;

    Int8x32 nibbles[2];

    AQUATINT_INLINE explicit FieldDigits(const void* packed) {
        const auto bits = load<Int8x32>(packed) ^ broadcast8(17 * raised);
        nibbles[0] = bits & broadcast8(15);
        nibbles[1] = as<Int8x32>(as<UInt16x16>(bits) >> 4) & broadcast8(15);
    }
    template <Size Field>
    AQUATINT_INLINE Int8x32 get() const {
        if constexpr (raised != 0) return nibbles[Field];
        else return look_up(table<Field % in_nibble>(), nibbles[Field / in_nibble]);
    }

private:
    template <Size Field>
    AQUATINT_INLINE static Int8x32 table() {
        struct Digits {
            alignas(16) Int8 of[16];
        };
        static constexpr Digits digits = [] {
            Digits by_nibble{};
            for (unsigned nibble = 0; nibble < 16; ++nibble) {
                const unsigned code = nibble >> (Field * Reader::bits) & ((1u << Reader::bits) - 1);
                by_nibble.of[nibble] = code < Reader::codes ? static_cast<Int8>(Terms<Reader>::digit(code, 0)) : Int8(0);
            }
            return by_nibble;
        }();
        return broadcast_half(digits.of);
    }
};

}  // namespace avx2

}}  // namespace aquatint
