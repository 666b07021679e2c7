// SPDX-License-Identifier: BSL-1.0
#include <aquatint/base/error.hpp>
#include <doctest/doctest.h>

#include <string>
#include <type_traits>

using namespace aquatint;

namespace {

std::string message_of(const Error& problem) { return problem.message().c_str(); }

constexpr const char* rule = "the shapes differ";

}  // namespace

TEST_CASE("no error is false and has nothing to say") {
    CHECK_FALSE(Error{});
    CHECK(message_of(Error{}).empty());
}

TEST_CASE("a message names the tensor, the rule, what was expected and what was found; absent parts leave no trace") {
    CHECK(message_of(error(rule)) == "the shapes differ");
    CHECK(message_of(error(rule, "conv1.weight")) == "conv1.weight: the shapes differ");
    CHECK(message_of(error(rule, "conv1.weight", "[16,3,3,3]", "[3,3]")) ==
          "conv1.weight: the shapes differ; expected [16,3,3,3], found [3,3]");
    CHECK(message_of(error(rule, "conv1.weight", 432, -1)) == "conv1.weight: the shapes differ; expected 432, found -1");
    CHECK(message_of(error(rule, "", 432, 431)) == "the shapes differ; expected 432, found 431");
}

TEST_CASE("every error is true, whatever its particulars") {
    CHECK(error(rule));
    CHECK(error(rule, ""));
    CHECK(error(rule, "x", "", ""));
    CHECK(error(rule, "x", 0, 1));
}

TEST_CASE("the longest particulars are cut, each on its own, so that none hides another") {
    const std::string name(500, 'n');
    const std::string wish(500, 'e');
    const std::string fact(500, 'f');
    const std::string text = message_of(error(rule, name.c_str(), wish.c_str(), fact.c_str()));
    CHECK(text == std::string(79, 'n') + ": " + rule + "; expected " + std::string(79, 'e') + ", found " + std::string(79, 'f'));
}

TEST_CASE("a result is a value or the reason why there is none") {
    const Result<int> good = 42;
    REQUIRE(good);
    CHECK(*good == 42);
    CHECK_FALSE(good.problem);

    const Result<int> bad = error(rule, "x");
    CHECK_FALSE(bad);
    CHECK(message_of(bad.problem) == "x: the shapes differ");

    const Result<Text<8>> text = Text<8>("abc");
    CHECK(text->length == 3);
}

TEST_CASE("errors work in constant expressions and are plain bytes") {
    constexpr Result<int> bad = error(rule, "x", 1, 2);
    static_assert(!bad);
    static_assert(bad.problem.message() == "x: the shapes differ; expected 1, found 2");
    static_assert(std::is_trivially_copyable_v<Error>);
    static_assert(*Result<int>(7) == 7);
}
