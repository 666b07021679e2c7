// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/search.hpp>
#include <aquatint/policy/uniform.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

TEST_CASE("the best evenly spaced levels of a Gaussian leave Max's errors") {
    // J. Max, "Quantizing for Minimum Distortion", 1960, table II: 2, 4, 8 and 16 levels without one at zero.
    const double errors[] = {0.3634, 0.1188, 0.03744, 0.01154}, steps[] = {1.596, 0.9957, 0.5860, 0.3352};
    const auto all = samples::gaussian(20'001);
    const Distribution distribution{VectorView<const float>(all)};
    for (unsigned bits = 1; bits <= 4; ++bits) {
        std::vector<double> units;
        for (int i = 0; i < 1 << bits; ++i) units.push_back(i - ((1 << bits) - 1) / 2.0);
        const ScaleTrial best = ScaleSearch{distribution, units}.run();
        CHECK(best.error / distribution.total() == doctest::Approx(errors[bits - 1]).epsilon(2e-3));
        CHECK(magnitude(best.scale) == doctest::Approx(steps[bits - 1]).epsilon(5e-3));
    }
}

TEST_CASE("the error of a trial is the error of the samples") {
    const auto all = samples::laplace(1500);
    const Distribution distribution{VectorView<const float>(all)};
    const double units[] = {-4, -3, -2, -1, 0, 1, 2, 3};
    for (const float scale : {0.1f, 0.5f, 1.0f, -0.7f}) {
        const double error = ScaleSearch{distribution, units}.attempt(static_cast<double>(scale)).error / 1500;
        CHECK(error == doctest::Approx(mean_square_error<Uniform<3>>(all, {scale})));
    }
}

TEST_CASE("square roots") {
    for (double x = 1e-300; x < 1e300; x *= 1234.5) CHECK(square_root(x) == doctest::Approx(std::sqrt(x)).epsilon(1e-15));
    CHECK(square_root(0) == 0);
    CHECK(square_root(-1) == 0);
    static_assert(square_root(4) == 2);
}
