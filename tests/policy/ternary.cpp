// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/ternary.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

TEST_CASE("ties are zero") {
    static_assert(Ternary::encode(0.5f, {1}) == 0 && Ternary::encode(-0.5f, {1}) == 0);
    static_assert(Ternary::encode(0.51f, {1}) == 1 && Ternary::encode(-0.51f, {1}) == 2);
    static_assert(Ternary::encode(0.51f, {-1}) == 2 && Ternary::decode(2, {-1}) == 1);
}

TEST_CASE("the errors of a Gaussian are the published ones") {
    const auto all = samples::gaussian(20'001);
    const auto best = Ternary::fit(all), twn = Ternary::fit_twn(all);
    CHECK(best.scale / 2 == doctest::Approx(0.612).epsilon(1e-3));   // the threshold
    CHECK(mean_square_error<Ternary>(all, best) == doctest::Approx(0.19017).epsilon(5e-4));
    CHECK(twn.scale == doctest::Approx(1.1842).epsilon(1e-3));
    // The paper's own threshold 0.5585 leaves 0.19162; with its scale, the nearest level is a little better.
    CHECK(mean_square_error<Ternary>(all, twn) < 0.19162);
    CHECK(mean_square_error<Ternary>(all, twn) > mean_square_error<Ternary>(all, best));
    double by_threshold = 0;
    for (const float x : all) {
        const double level = std::fabs(x) > 0.5585f ? static_cast<double>(std::copysign(twn.scale, x)) : 0.0;
        by_threshold += (static_cast<double>(x) - level) * (static_cast<double>(x) - level);
    }
    CHECK(by_threshold / 20'001 == doctest::Approx(0.19162).epsilon(5e-4));
}

TEST_CASE("the fit is as good as trying every scale") {
    for (const auto& all : samples::various(200)) {
        const double error = mean_square_error<Ternary>(all, Ternary::fit(all));
        CHECK(error <= mean_square_error<Ternary>(all, Ternary::fit_twn(all)));
        for (float scale = 0.001f; scale < 200; scale *= 1.01f)
            CHECK(error <= 1.000001 * mean_square_error<Ternary>(all, {scale}));
    }
}

TEST_CASE("fitted in a constant expression") {
    static constexpr float weights[] = {0.1f, -1, 3, -2, 0};
    static_assert(Ternary::fit(weights).scale == 2.5f);   // 3 and 2 explain 12.5 of the squares; with 1 it would be 12, 3 alone 9
    CHECK(Ternary::fit(weights).scale == 2.5f);
}
