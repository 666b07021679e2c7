// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/binary.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace aquatint;

TEST_CASE("the sign is the code, and zero counts as positive") {
    static_assert(Binary::encode(0.0f, {2}) == 1 && Binary::encode(-0.0f, {2}) == 1 && Binary::encode(-1e-30f, {2}) == 0);
    static_assert(Binary::encode(1, {-2}) == 0 && Binary::encode(-1, {-2}) == 1 && Binary::encode(0, {-2}) == 1);
    static_assert(Binary::decode(0, {2}) == -2 && Binary::decode(1, {2}) == 2);
    CHECK(Binary::encode(std::numeric_limits<float>::quiet_NaN(), {2}) == 0);
}

TEST_CASE("the mean magnitude is the best scale") {
    const auto gaussian = samples::gaussian(20'001);
    const auto levels = Binary::fit(gaussian);
    CHECK(levels.scale == doctest::Approx(0.7979).epsilon(1e-4));
    CHECK(mean_square_error<Binary>(gaussian, levels) == doctest::Approx(0.36338).epsilon(1e-3));
    for (const auto& all : samples::various(200)) {
        const auto best = Binary::fit(all);
        for (const float factor : {0.98f, 1.02f})
            CHECK(mean_square_error<Binary>(all, best) <= mean_square_error<Binary>(all, {factor * best.scale}));
    }
}

TEST_CASE("zeros are kept small, though there is no level for them") {
    const float zeros[5]{};
    CHECK(mean_square_error<Binary>(zeros, Binary::fit(zeros)) < 1e-50);
}
