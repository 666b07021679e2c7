// SPDX-License-Identifier: BSL-1.0
// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <string_view>

#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

/// The bytes of the character that `text` begins with: 1 to 4, or 0 if it is not UTF-8 or is cut off.
constexpr Size utf8_length(std::string_view text) {
    const auto byte = [&](Size i) { return i < text.size() ? static_cast<Byte>(text[i]) : Byte(0); };
    const auto between = [](Byte value, unsigned low, unsigned high) { return value >= low && value <= high; };
    const auto continues = [&](Size i) { return between(byte(i), 0x80, 0xBF); };
    const Byte lead = byte(0);
    if (lead < 0x80) return text.empty() ? 0 : 1;
    if (between(lead, 0xC2, 0xDF)) return continues(1) ? 2 : 0;
    if (between(lead, 0xE0, 0xEF)) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;    // below: overlong
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;   // above: surrogates
        return between(byte(1), low, high) && continues(2) ? 3 : 0;
    }
    if (between(lead, 0xF0, 0xF4)) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;   // above: U+110000 and more
        return between(byte(1), low, high) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

constexpr bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const Size length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// Calls `put` with each byte of a code point, which is at most U+10FFFF and no surrogate.
template <class Put>
constexpr void encode_utf8(UInt32 code_point, Put put) {
    const auto tail = [&](unsigned shift) { put(static_cast<char>(0x80 | (code_point >> shift & 0x3F))); };
    if (code_point < 0x80) {
        put(static_cast<char>(code_point));
    } else if (code_point < 0x800) {
        put(static_cast<char>(0xC0 | code_point >> 6));
        tail(0);
    } else if (code_point < 0x10000) {
        put(static_cast<char>(0xE0 | code_point >> 12));
        tail(6), tail(0);
    } else {
        put(static_cast<char>(0xF0 | code_point >> 18));
        tail(12), tail(6), tail(0);
    }
}

}}  // namespace aquatint::v0
