// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/adaptive_binary.hpp>
#include <aquatint/policy/binary.hpp>
#include <aquatint/policy/readings.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace aquatint;

TEST_CASE("the offset is the threshold and belongs to the upper level") {
    static_assert(!Integral<AdaptiveBinary>);
    static_assert(AdaptiveBinary::encode(0.25f, {1, 0.25f}) == 1 && AdaptiveBinary::encode(0.2499f, {1, 0.25f}) == 0);
    static_assert(AdaptiveBinary::decode(0, {1, 0.25f}) == -0.75f && AdaptiveBinary::decode(1, {1, 0.25f}) == 1.25f);
    static_assert(AdaptiveBinary::encode(0.25f, {-1, 0.25f}) == 1 && AdaptiveBinary::encode(0.26f, {-1, 0.25f}) == 0);
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(AdaptiveBinary::encode(nan, {1, 0.25f}) == 0);
    CHECK(AdaptiveBinary::encode(nan, {1, -0.25f}) == 1);
}

TEST_CASE("AdaBin's fit is mean and standard deviation") {
    const float few[] = {1, 2, 3, 6};
    const auto levels = AdaptiveBinary::fit(few);
    CHECK(levels.offset == 3);
    CHECK(levels.scale == doctest::Approx(std::sqrt(3.5)));
    const float same[] = {0.3f, 0.3f, 0.3f};
    CHECK(AdaptiveBinary::fit(same).offset == 0.3f);
    CHECK(AdaptiveBinary::valid(AdaptiveBinary::fit(same)));
}

TEST_CASE("the mean-square fit beats AdaBin's, Binary and every other pair of levels") {
    for (const auto& all : samples::various(200)) {
        const auto best = AdaptiveBinary::fit_mean_square(all);
        const double error = mean_square_error<AdaptiveBinary>(all, best);
        CHECK(error <= mean_square_error<AdaptiveBinary>(all, AdaptiveBinary::fit(all)));
        CHECK(error <= 1.000001 * mean_square_error<Binary>(all, Binary::fit(all)));
        for (float scale = 0.05f; scale < 3; scale += 0.05f)
            for (float offset = -1; offset < 1; offset += 0.05f)
                CHECK(error <= 1.000001 * mean_square_error<AdaptiveBinary>(all, {scale, offset}));
    }
}
