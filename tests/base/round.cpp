// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/base/round.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>

using namespace aquatint;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr Int32 limit = 1 << 30;

Int32 expected(float x) {
    return static_cast<Int32>(std::nearbyint(std::fmin(std::fmax(x, -static_cast<float>(limit)), static_cast<float>(limit))));
}

}  // namespace

TEST_CASE("round_even: the nearest integer, ties to even, over all magnitudes") {
    support::Random random;
    Size wrong = 0;
    for (int i = 0; i < 300'000; ++i) {
        const float x = std::ldexp(random.number(), random.between(-30, 40));
        wrong += round_even(x) != expected(x);
    }
    CHECK(wrong == 0);
    for (int whole = -1000; whole <= 1000; ++whole)
        for (const float x : {static_cast<float>(whole) + 0.5f, std::nextafter(static_cast<float>(whole) + 0.5f, infinity),
                              std::nextafter(static_cast<float>(whole) + 0.5f, -infinity)})
            wrong += round_even(x) != expected(x);
    for (float x = 0x1p22f; x <= 0x1p24f; x *= 2)   // where a float begins to have no fraction
        for (int step = -8; step <= 8; ++step)
            wrong += round_even(x + 0.5f * static_cast<float>(step)) != expected(x + 0.5f * static_cast<float>(step));
    CHECK(wrong == 0);
    static_assert(round_even(2.5f) == 2 && round_even(-3.5f) == -4 && round_even(0.5f) == 0);
}

TEST_CASE("round_even saturates, and NaN saturates by its sign") {
    CHECK(round_even(0x1.fffffep29f) == 0x3fffffc0);
    CHECK(round_even(0x1p30f) == limit);
    CHECK(round_even(-0x1p31f) == -limit);
    CHECK(round_even(infinity) == limit);
    CHECK(round_even(-infinity) == -limit);
    CHECK(round_even(not_a_number) == limit);
    CHECK(round_even(-not_a_number) == -limit);
    CHECK(round_even(std::numeric_limits<float>::denorm_min()) == 0);
}

TEST_CASE("clamp: NaN gives the low end") {
    CHECK(clamp(0.5f, 0, 1) == 0.5f);
    CHECK(clamp(-infinity, 0, 1) == 0);
    CHECK(clamp(infinity, 0, 1) == 1);
    CHECK(clamp(not_a_number, -3, 1) == -3);
}

TEST_CASE("is_finite") {
    for (const float x : {0.0f, -1.0f, std::numeric_limits<float>::max(), std::numeric_limits<float>::denorm_min()})
        CHECK(is_finite(x));
    for (const float x : {infinity, -infinity, not_a_number, -not_a_number}) CHECK_FALSE(is_finite(x));
}

TEST_CASE("a float not above a double") {
    static_assert(float_not_above(0.5) == 0.5f);
    CHECK(float_not_above(1.0 - 1e-12) == std::nextafter(1.0f, 0.0f));
    CHECK(float_not_above(-1.0 - 1e-12) == std::nextafter(-1.0f, -2.0f));
    CHECK(float_not_above(-1e-60) == -std::numeric_limits<float>::denorm_min());
    CHECK(float_not_above(1e-60) == 0);
}
