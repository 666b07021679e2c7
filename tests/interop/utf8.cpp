// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <aquatint/interop/utf8.hpp>

using namespace aquatint;

struct Encoded {
    char bytes[5] = {};
    Size length = 0;
    explicit Encoded(UInt32 code_point) {
        encode_utf8(code_point, [&](char byte) { bytes[length++] = byte; });
    }
    std::string_view text() const { return {bytes, length}; }
};

TEST_CASE("every code point is one well formed character, and no part of it is") {
    for (UInt32 code_point = 0; code_point < 0x110000; ++code_point) {
        if (code_point == 0xD800) code_point = 0xE000;
        const Encoded character(code_point);
        const Size length = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
        bool well_formed = character.length == length && utf8_length({character.bytes, 5}) == length;
        for (Size cut = 0; cut < length; ++cut) well_formed = well_formed && utf8_length({character.bytes, cut}) == 0;
        if (!well_formed) FAIL("U+" << code_point);
    }
}

TEST_CASE("what decodes to no code point of its own is not UTF-8") {
    for (UInt32 surrogate = 0xD800; surrogate < 0xE000; ++surrogate) REQUIRE_FALSE(is_utf8(Encoded(surrogate).text()));
    for (const UInt32 beyond : {0x110000u, 0x13FFFFu, 0x1FFFFFu}) CHECK_FALSE(is_utf8(Encoded(beyond).text()));
    for (const char* overlong : {"\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE0\x9F\xBF", "\xF0\x80\x80\xAF", "\xF0\x8F\xBF\xBF"})
        CHECK_FALSE(is_utf8(overlong));
    for (const char* broken :
         {"\x80", "\xBF", "\xC3", "\xC3(", "\xE2\x82", "\xE2(\xA1", "\xF0\x9F\x98", "\xF0(\x8C\xBC", "\xFE", "\xFF"})
        CHECK_FALSE(is_utf8(broken));
    CHECK(is_utf8(""));
    CHECK(is_utf8("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"));
    CHECK_FALSE(is_utf8("caf\xC3\xA9 \xE2\x82"));
}

TEST_CASE("exactly the two-byte sequences of the standard are characters") {
    int pairs = 0;
    for (int lead = 0x80; lead < 0x100; ++lead)
        for (int second = 0; second < 0x100; ++second) {
            const char text[] = {static_cast<char>(lead), static_cast<char>(second)};
            pairs += utf8_length({text, 2}) == 2;
        }
    CHECK(pairs == 0x800 - 0x80);
}
