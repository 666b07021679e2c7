// SPDX-License-Identifier: BSL-1.0
#include <aquatint/policy/fit.hpp>
#include <aquatint/policy/real.hpp>
#include <doctest/doctest.h>
#include <initializer_list>
#include <limits>

using namespace aquatint;

TEST_CASE("a real number is its own code") {
    for (const float x :
         {0.0f, -0.0f, 1.5f, -3e-39f, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        const unsigned code = Real::encode(x, {});
        CHECK(Real::encode(Real::decode(code, {}), {}) == code);
        CHECK(std::bit_cast<unsigned>(x) == code);
    }
    static_assert(FitsItself<Real> && valid_levels<Real>({}));
}
