// SPDX-License-Identifier: BSL-1.0
// BMP: the one format that browsers show and that needs no compression.
#include "picture.hpp"

#include <aquatint/base/little_endian.hpp>

namespace digits {

namespace {

using aquatint::UInt16;
using aquatint::UInt32;

template <class Integer>
void append(std::vector<Byte>& bytes, Integer number) {
    bytes.resize(bytes.size() + sizeof number);
    aquatint::write_little_endian(number, bytes.data() + bytes.size() - sizeof number);
}

/// Header, a palette of 256 greys, then the rows from the lowest up; 28 bytes a row need no padding.
std::vector<Byte> bitmap(const Byte* pixels) {
    constexpr UInt32 headers = 14 + 40, palette = 256 * 4;
    static_assert(side % 4 == 0);
    std::vector<Byte> bytes{'B', 'M'};
    for (const UInt32 number :
         {UInt32(headers + palette + pixel_count), UInt32(0), headers + palette, UInt32(40), UInt32(side), UInt32(side)})
        append(bytes, number);
    append(bytes, UInt16(1));   // plane
    append(bytes, UInt16(8));   // bits
    for (int i = 0; i < 6; ++i) append(bytes, UInt32(0));
    for (UInt32 grey = 0; grey < 256; ++grey) append(bytes, (255 - grey) * 0x010101u);
    for (Size row = side; row-- > 0;) bytes.insert(bytes.end(), pixels + row * side, pixels + (row + 1) * side);
    return bytes;
}

std::string base64(std::vector<Byte> bytes) {
    constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const Size count = bytes.size();
    bytes.resize((count + 2) / 3 * 3);
    std::string text;
    for (Size i = 0; i < bytes.size(); i += 3) {
        const unsigned group = unsigned(bytes[i]) << 16 | unsigned(bytes[i + 1]) << 8 | bytes[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6) text += digits[group >> shift & 63];
    }
    text.replace(text.size() - (bytes.size() - count), bytes.size() - count, bytes.size() - count, '=');
    return text;
}

}  // namespace

std::string picture_uri(const Byte* pixels) { return "data:image/bmp;base64," + base64(bitmap(pixels)); }

}  // namespace digits
