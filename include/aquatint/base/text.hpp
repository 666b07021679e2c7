// SPDX-License-Identifier: BSL-1.0
// A short text of bounded length, without heap and usable in constant expressions: names, error particulars.
#pragma once

#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

/// At most `Capacity` characters; what does not fit is cut off. Always terminated by a zero.
template <Size Capacity>
struct Text {
    char characters[Capacity + 1]{};
    Size length = 0;

    constexpr Text() = default;
    constexpr explicit Text(const char* words) { append(words); }

    constexpr const char* c_str() const { return characters; }
    constexpr bool empty() const { return length == 0; }

    constexpr Text& append(char character) {
        if (length < Capacity) characters[length++] = character;
        return *this;
    }
    constexpr Text& append(const char* words) {
        while (*words != '\0') append(*words++);
        return *this;
    }
    /// Bytes from a file: what is not printable ASCII is shown as '?', so that a hostile name cannot drive a terminal.
    constexpr Text& append_untrusted(const char* words, Size count) {
        for (Size i = 0; i < count; ++i) {
            const Byte byte = static_cast<Byte>(words[i]);   // the sign of char differs between processors
            append(byte < 0x20 || byte >= 0x7f ? '?' : words[i]);
        }
        return *this;
    }
    constexpr Text& append_number(Int64 value) {
        char digits[20]{};
        Size count = 0;
        UInt64 rest = value < 0 ? UInt64(0) - static_cast<UInt64>(value) : static_cast<UInt64>(value);
        do {
            digits[count++] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) append('-');
        while (count > 0) append(digits[--count]);
        return *this;
    }
    constexpr bool operator==(const char* words) const {
        Size i = 0;
        while (i < length && words[i] == characters[i]) ++i;
        return i == length && words[i] == '\0';
    }
};

}}  // namespace aquatint::v0
