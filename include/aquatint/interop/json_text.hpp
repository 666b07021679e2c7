// SPDX-License-Identifier: BSL-1.0
// The inside of a JSON string: its escape sequences undone and done (RFC 8259, section 7).
#pragma once

#include <string_view>

#include <aquatint/interop/utf8.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr UInt32 no_code_point = 0xFFFFFFFF;

/// The four hexadecimal digits that `text` begins with, or no_code_point.
constexpr UInt32 hexadecimal(std::string_view text) {
    if (text.size() < 4) return no_code_point;
    UInt32 value = 0;
    for (const char digit : text.substr(0, 4)) {
        const std::string_view digits = "0123456789abcdef0123456789ABCDEF";
        const Size place = digits.find(digit);
        if (place == digits.npos) return no_code_point;
        value = value << 4 | static_cast<UInt32>(place & 15);
    }
    return value;
}

/// Takes the escape sequence that `text` begins with off its front and returns what it stands for; a surrogate pair is one
/// sequence. no_code_point, and `text` as it was, if it is none.
constexpr UInt32 take_escape(std::string_view& text) {
    if (text.size() < 2) return no_code_point;
    const std::string_view letters = "\"\\/bfnrt";
    const Size letter = letters.find(text[1]);
    if (letter != letters.npos) {
        text.remove_prefix(2);
        return static_cast<UInt32>("\"\\/\b\f\n\r\t"[letter]);
    }
    if (text[1] != 'u') return no_code_point;
    const UInt32 high = hexadecimal(text.substr(2));
    if (high == no_code_point || (high >= 0xDC00 && high < 0xE000)) return no_code_point;
    if (high < 0xD800 || high >= 0xE000) {
        text.remove_prefix(6);
        return high;
    }
    if (text.substr(6, 2) != "\\u") return no_code_point;
    const UInt32 low = hexadecimal(text.substr(8));
    if (low < 0xDC00 || low >= 0xE000) return no_code_point;   // no_code_point is above as well
    text.remove_prefix(12);
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/// A text of a JSON header as it stands there, escape sequences and all; already found to be well formed.
struct JsonText {
    std::string_view escaped;

    /// Calls `put` with every byte of the text that is meant, which is UTF-8 and may hold any control character, zero included.
    template <class Put>
    constexpr void each_byte(Put put) const {
        for (std::string_view rest = escaped; !rest.empty();) {
            if (rest.front() != '\\') {
                put(rest.front());
                rest.remove_prefix(1);
                continue;
            }
            const UInt32 code_point = take_escape(rest);
            if (code_point == no_code_point) return;
            encode_utf8(code_point, put);
        }
    }
    /// Writes at most `capacity` bytes, no closing zero; returns how many the whole text has.
    constexpr Size copy(char* memory, Size capacity) const {
        Size length = 0;
        each_byte([&](char byte) {
            if (length < capacity) memory[length] = byte;
            ++length;
        });
        return length;
    }
    constexpr bool operator==(std::string_view words) const {
        Size length = 0;
        bool equal = true;
        each_byte([&](char byte) {
            equal = equal && length < words.size() && words[length] == byte;
            ++length;
        });
        return equal && length == words.size();
    }
};

/// Calls `put` with the characters that stand for `text` between the quotes of a JSON string.
template <class Put>
constexpr void escape_json(std::string_view text, Put put) {
    for (const char character : text) {
        const auto byte = static_cast<Byte>(character);
        if (character == '"' || character == '\\') put('\\');
        if (byte >= 0x20) {
            put(character);
            continue;
        }
        for (const char prefix : std::string_view("\\u00")) put(prefix);
        put(static_cast<char>('0' + (byte >> 4)));
        put("0123456789abcdef"[byte & 15]);
    }
}

}}  // namespace aquatint::v0
