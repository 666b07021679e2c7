// SPDX-License-Identifier: BSL-1.0
#include <aquatint/policy/scale.hpp>
#include <doctest/doctest.h>
#include <initializer_list>
#include <limits>

using namespace aquatint;

TEST_CASE("a scale is finite, normal, not zero and below 2^100") {
    for (const float scale : {1.0f, -1.0f, least_scale, greatest_scale, -least_scale}) {
        CHECK(usable_scale(scale));
        CHECK(to_scale(static_cast<double>(scale)) == scale);
    }
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    for (const float scale :
         {0.0f, least_scale / 2, 0x1p100f, infinity, -infinity, nan, std::numeric_limits<float>::denorm_min()}) {
        CHECK_FALSE(usable_scale(scale));
        CHECK(usable_scale(to_scale(static_cast<double>(scale))));
    }
    CHECK(to_scale(-1e300) == -greatest_scale);
    CHECK(to_scale(-1e-300) == -least_scale);
}
