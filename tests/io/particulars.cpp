// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <limits>

#include <aquatint/io/particulars.hpp>

using namespace aquatint;

TEST_CASE("numbers as people write them") {
    using Limits = std::numeric_limits<float>;
    CHECK(as_real(0) == "0");
    CHECK(as_real(-0.0f) == "-0");
    CHECK(as_real(1) == "1.00000000");
    CHECK(as_real(-2.5f) == "-2.50000000");
    CHECK(as_real(123456) == "1.23456000e5");
    CHECK(as_real(Limits::max()) == "3.40282347e38");
    CHECK(as_real(Limits::denorm_min()) == "1.40129846e-45");
    CHECK(as_real(Limits::infinity()) == "infinity");
    CHECK(as_real(-Limits::infinity()) == "-infinity");
    CHECK(as_real(Limits::quiet_NaN()) == "not a number");
    CHECK(as_real(9999.999f) == "9.99999902e3");
    CHECK(as_hexadecimal(0x0123456789abcdefu) == "0x0123456789abcdef");
    CHECK(as_number(~UInt64(0)) == "more than 2^63");
    CHECK(as_number(~UInt64(0) >> 1) == "9223372036854775807");
    static_assert(as_real(0.125f) == "1.25000000e-1");
}

TEST_CASE("places in a network") {
    constexpr NetworkPlace place{3, "conv/1", "bias"};
    CHECK(place.text() == "step 3 conv/1 bias");
    CHECK(place.element(15) == "step 3 conv/1 bias[15]");
}
