// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <string>

#include <aquatint/interop/json_text.hpp>

using namespace aquatint;

static std::string meaning(std::string_view escaped) {
    std::string text(JsonText{escaped}.copy(nullptr, 0), '?');
    CHECK(JsonText{escaped}.copy(text.data(), text.size()) == text.size());
    CHECK(JsonText{escaped} == text);
    CHECK_FALSE(JsonText{escaped} == text + "x");
    return text;
}

TEST_CASE("escape sequences mean what RFC 8259 says") {
    CHECK(meaning("") == "");
    CHECK(meaning("plain") == "plain");
    CHECK(meaning(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(meaning(R"(\u0041\u00e9\u20AC)") == "A\xC3\xA9\xE2\x82\xAC");
    CHECK(meaning(R"(\uD83D\uDE00)") == "\xF0\x9F\x98\x80");
    CHECK(meaning(R"(a\u0000b)") == std::string("a\0b", 3));
}

TEST_CASE("what is no escape sequence is left alone") {
    for (const char* wrong : {"\\", "\\x", "\\u", "\\u12", "\\u12G4", "\\u-123", "\\uD83D", "\\uD83Dx", "\\uD83D\\n",
                              "\\uD83D\\u0041", "\\uD83D\\uD83D", "\\uDE00", "\\U0041", "\\0", "\\'"}) {
        std::string_view text = wrong;
        CHECK(take_escape(text) == no_code_point);
        CHECK(text == wrong);
    }
}

TEST_CASE("a text escaped and read back is the same, every byte of it") {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
    std::string escaped;
    escape_json(all, [&](char character) { escaped.push_back(character); });
    CHECK(meaning(escaped) == all);
    for (const char character : escaped) CHECK_FALSE((character >= 0 && character < 0x20));
}

TEST_CASE("a copy writes no more than there is room for") {
    char memory[] = "........";
    CHECK(JsonText{"a\\nbcd"}.copy(memory, 3) == 5);
    CHECK(std::string_view(memory) == "a\nb.....");
}
