// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <string>

#include <aquatint/interop/scanner.hpp>

using namespace aquatint;

static std::string message(const Scanner& text) { return text.problem("t").message().c_str(); }

TEST_CASE("whole numbers below 2^63, and nothing else") {
    const auto number = [](std::string_view words, UInt64& value) {
        Scanner text(words);
        value = text.whole_number();
        return text.broken() ? std::string(text.rule) : std::string();
    };
    UInt64 value = 0;
    for (const UInt64 exact : {UInt64(0), UInt64(7), UInt64(10), UInt64(4294967296), ~UInt64(0) >> 1}) {
        CHECK(number(std::to_string(exact), value) == "");
        CHECK(value == exact);
    }
    for (const char* big :
         {"9223372036854775808", "9223372036854775810", "18446744073709551616", "99999999999999999999999999999999"})
        CHECK(number(big, value) == refusal::too_large);
    for (const char* wrong : {"", "-1", "+1", "00", "01", "1.0", "1e3", "1E3", ".5", "null", "\"1\"", "[1]", "true", "NaN"})
        CHECK(number(wrong, value) == refusal::not_whole);
}

TEST_CASE("the first mistake stays, and nothing is read after it") {
    Scanner text("  [1, 2}", 100);
    text.expect('[');
    int items = 0;
    for (bool first = true; text.another(']', first); first = false, ++items) text.whole_number();
    CHECK(items == 2);
    CHECK(message(text) == "t: the header is not well formed; expected ',', found '}' at byte 107");
    text.expect('x');
    CHECK(text.quoted().empty());
    CHECK(text.whole_number() == 0);
    CHECK_FALSE(text.accept("}"));
    CHECK(message(text) == "t: the header is not well formed; expected ',', found '}' at byte 107");
}

TEST_CASE("a text that ends early is refused at its end") {
    Scanner text("\"abc");
    CHECK(text.quoted().empty());
    CHECK(message(text) == "t: the header is not well formed; expected a closing quote, found the end of the header at byte 4");
}

TEST_CASE("strings are UTF-8 without raw control characters") {
    const auto rule = [](std::string_view words) {
        Scanner text(words);
        text.quoted();
        return std::string(text.broken() ? text.rule : "");
    };
    CHECK(rule("\"caf\xC3\xA9 \\u00e9 \\\" \x7F\"") == "");
    CHECK(rule("\"\xC3\"") == refusal::not_utf8);
    CHECK(rule("\"\xED\xA0\x80\"") == refusal::not_utf8);
    CHECK(rule("\"\n\"") == refusal::control_character);
    CHECK(rule(std::string_view("\"\0\"", 3)) == refusal::control_character);
    CHECK(rule("\"\\q\"") == refusal::bad_escape);
    CHECK(rule("\"\\\"") == refusal::malformed);
    CHECK(rule("\"\\uD800\"") == refusal::bad_escape);
}

TEST_CASE("names stand for themselves") {
    const auto rule = [](std::string_view words) {
        Scanner text(words);
        text.name();
        return std::string(text.broken() ? text.rule : "");
    };
    CHECK(rule("\"layer1.0.conv/weight:0 \xC3\xA9\xC2\xA0\"") == "");
    CHECK(rule("\"\\u0061\"") == refusal::escaped_name);
    CHECK(rule("\"a\\\"b\"") == refusal::escaped_name);
    CHECK(rule("\"a\x7F\"") == refusal::control_character);
    CHECK(rule("\"\xC2\x9B[m\"") == refusal::control_character);   // the escape sequence of terminals in one character
}

TEST_CASE("a hostile excerpt cannot drive the terminal that shows it") {
    Scanner text("\x1B[31m\x07");
    text.expect('{');
    CHECK(message(text) == "t: the header is not well formed; expected '{', found '?[31m?' at byte 0");
}

TEST_CASE("Python's comma after the last item, where it is allowed") {
    const auto items = [](std::string_view words) {
        Scanner text(words);
        int count = 0;
        text.expect('{');
        for (bool first = true; text.another_or_comma('}', first); first = false, ++count) text.whole_number();
        return text.broken() ? -1 : count;
    };
    CHECK(items("{}") == 0);
    CHECK(items("{1}") == 1);
    CHECK(items("{1,}") == 1);
    CHECK(items("{1, 2 , }") == 2);
    CHECK(items("{,}") == -1);
    CHECK(items("{1,,}") == -1);
    CHECK(items("{1 2}") == -1);
    CHECK(items("{1,") == -1);
}
