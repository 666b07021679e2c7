// SPDX-License-Identifier: BSL-1.0
// How vector processors turn codes into digits: by arithmetic where that fits all of them, else by tables in registers.
#pragma once

#include <aquatint/arch/operations.hpp>
#include <aquatint/base/config.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Modulo 256: (code ^ flip) - offset where all numbers of these bits are codes and that fits them (unsigned, two's complement);
/// else a table of 16 digits, or two of them where codes have five bits. What is no code has the digit 0, as in the scalar
/// reference.
template <Integral Reader, unsigned Term>
struct Decoding {
    static constexpr Byte digit(unsigned code) { return static_cast<Byte>(Terms<Reader>::digit(code, Term)); }
    static constexpr bool fits_all(unsigned mask) {
        for (unsigned code = 0; code < Reader::codes; ++code)
            if (static_cast<Byte>((code ^ mask) - mask + digit(0)) != digit(code)) return false;
        return Reader::codes == 1u << Reader::bits;
    }
    static constexpr unsigned sign = 1u << (Reader::bits - 1);
    static constexpr bool arithmetic = fits_all(0) || fits_all(sign);
    static constexpr unsigned flip = fits_all(0) ? 0 : sign;
    static constexpr Byte offset = arithmetic ? static_cast<Byte>(flip - digit(0)) : Byte(0);   // merged with the zero points

    static constexpr unsigned digit_tables = arithmetic ? 0 : Reader::bits <= 4 ? 1 : 2;
    static constexpr bool in_registers = arithmetic || Reader::bits <= 5;

    struct Table {
        Byte of[16];
    };
    static constexpr Table table(unsigned first) {
        Table digits{};
        for (unsigned i = 0; i < 16 && first + i < Reader::codes; ++i) digits.of[i] = digit(first + i);
        return digits;
    }
    static constexpr Table low_codes = table(0);
    static constexpr Table high_codes = table(16);
};

/// What is subtracted from the digits of a panel, each output's four inputs in 32 bits.
struct CellOffsets {
    UInt32 lanes[panel_outputs];

    AQUATINT_INLINE CellOffsets(const Int8* zeros, Byte offset) {
        for (Size output = 0; output < panel_outputs; ++output) {
            const int zero = zeros == nullptr ? 0 : zeros[output];
            lanes[output] = static_cast<Byte>(offset + zero) * 0x01010101u;
        }
    }
};

}}  // namespace aquatint
