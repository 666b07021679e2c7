// SPDX-License-Identifier: BSL-1.0
#include <aquatint/base/text.hpp>
#include <doctest/doctest.h>

#include <cstdio>
#include <limits>
#include <string>
#include <type_traits>

using namespace aquatint;

namespace {

// What append_number must agree with, by another author.
std::string printed(Int64 value) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%lld", static_cast<long long>(value));
    return digits;
}

template <Size Capacity>
std::string number_in(Int64 value) {
    Text<Capacity> text;
    text.append_number(value);
    return text.c_str();
}

}  // namespace

TEST_CASE("numbers are written as printf writes them, the extremes included") {
    const Int64 lowest = std::numeric_limits<Int64>::min();
    const Int64 highest = std::numeric_limits<Int64>::max();
    for (Int64 value : {Int64(0), Int64(7), Int64(-1), Int64(10), Int64(-1000), lowest, lowest + 1, highest, highest - 1})
        CHECK(number_in<20>(value) == printed(value));
    for (UInt64 state = 1, i = 0; i < 10000; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const Int64 value = static_cast<Int64>(state) >> (state >> 58);   // every length of number
        REQUIRE(number_in<20>(value) == printed(value));
    }
}

TEST_CASE("what does not fit is cut off, and the rest is a prefix that ends in zero") {
    const std::string words = "a tensor with a long name";
    Text<9> text{words.c_str()};
    CHECK(text.length == 9);
    CHECK(text.c_str() == words.substr(0, 9));
    text.append('!').append("more").append_number(-5).append_untrusted("x", 1);
    CHECK(text.length == 9);
    CHECK(text.c_str() == words.substr(0, 9));
    CHECK(number_in<3>(-12345) == "-12");
    CHECK(Text<0>("nothing fits").empty());
}

TEST_CASE("bytes from a file never control a terminal: all 256, the count is the file's, not a terminator's") {
    char bytes[256];
    for (int i = 0; i < 256; ++i) bytes[i] = static_cast<char>(i);
    Text<256> text;
    text.append_untrusted(bytes, sizeof bytes);
    REQUIRE(text.length == 256);
    for (Size i = 0; i < 256; ++i) {
        CAPTURE(i);
        CHECK(text.characters[i] == (i < 0x20 || i >= 0x7f ? '?' : bytes[i]));
    }
}

TEST_CASE("equality is equality of the words") {
    CHECK(Text<8>("conv1") == "conv1");
    CHECK_FALSE(Text<8>("conv1") == "conv");
    CHECK_FALSE(Text<8>("conv") == "conv1");
    CHECK_FALSE(Text<8>("conv1") == "conv2");
    CHECK(Text<8>() == "");
    CHECK_FALSE(Text<8>() == "conv");
}

TEST_CASE("the constant evaluator writes the same, and a text is plain bytes") {
    constexpr auto made = [] {
        Text<40> text{"layer"};
        text.append(' ').append_number(-42).append(": ").append_untrusted("w\n", 2);
        return text;
    }();
    static_assert(made == "layer -42: w?");
    static_assert(std::is_trivially_copyable_v<Text<40>>);
    CHECK(std::string(made.c_str()) == "layer -42: w?");
}
