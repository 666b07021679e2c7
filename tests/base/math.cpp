// SPDX-License-Identifier: BSL-1.0
#include <aquatint/base/math.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace aquatint;

namespace {

/// Distance in units of the last place of the exact value.
double error_in_ulp(float found, double exact) {
    const double ulp = std::ldexp(1.0, std::ilogb(exact) - 23);
    return std::fabs(static_cast<double>(found) - exact) / ulp;
}

}  // namespace

TEST_CASE("exponential is within two units in the last place, everywhere") {
    double worst = 0;
    for (int i = 0; i <= 175 * 4096; ++i) {
        const float x = -87.0f + 0x1p-12f * static_cast<float>(i);
        if (x > -87.0f && x <= 88.0f) worst = std::fmax(worst, error_in_ulp(exponential(x), std::exp(static_cast<double>(x))));
    }
    for (float x = 1e-30f; x < 1; x *= 1.01f) {
        worst = std::fmax(worst, error_in_ulp(exponential(x), std::exp(static_cast<double>(x))));
        worst = std::fmax(worst, error_in_ulp(exponential(-x), std::exp(static_cast<double>(-x))));
    }
    INFO("worst error " << worst << " units in the last place");
    CHECK(worst <= 2);
}

TEST_CASE("exponential at the ends") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    CHECK(exponential(0.0f) == 1.0f);
    CHECK(exponential(-0.0f) == 1.0f);
    CHECK(exponential(-87.0f) == 0.0f);
    CHECK(exponential(-infinity) == 0.0f);
    CHECK(exponential(88.5f) == 0x1p127f);
    CHECK(exponential(infinity) == 0x1p127f);
    CHECK(std::isnan(exponential(std::numeric_limits<float>::quiet_NaN())));
}

TEST_CASE("the constant evaluator gives the same bits") {
    struct Table {
        float of[64];
    };
    constexpr Table constant = [] {
        Table t{};
        for (int i = 0; i < 64; ++i) t.of[i] = exponential(-60.0f + 2.25f * static_cast<float>(i));
        return t;
    }();
    for (int i = 0; i < 64; ++i) {
        volatile float x = -60.0f + 2.25f * static_cast<float>(i);
        CHECK(exponential(x) == constant.of[i]);
    }
}
