// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <algorithm>
#include <aquatint/policy/distribution.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace aquatint;
using samples::Samples;

TEST_CASE("a distribution of few samples is the samples in order, with running counts and sums") {
    Samples shuffled = samples::gaussian(1000);
    for (Size i = 0; i < shuffled.size(); ++i) std::swap(shuffled[i], shuffled[i * 7919 % shuffled.size()]);
    const Distribution distribution{VectorView<const float>(shuffled)};
    std::sort(shuffled.begin(), shuffled.end());
    REQUIRE(distribution.points == shuffled.size());
    double sum = 0;
    for (Size i = 0; i < shuffled.size(); ++i) {
        CHECK(distribution.value[i] == shuffled[i]);
        CHECK(distribution.count[i] == static_cast<double>(i));
        CHECK(distribution.sum[i] == doctest::Approx(sum));
        sum += static_cast<double>(shuffled[i]);
    }
    CHECK(distribution.total() == 1000);
}

TEST_CASE("a distribution of many samples keeps counts, sums and order, and blurs little") {
    for (const Samples& all : samples::various(30'000)) {
        const Distribution distribution{VectorView<const float>(all)};
        double sum = 0, squares = 0;
        for (const float x : all) {
            sum += static_cast<double>(x);
            squares += static_cast<double>(x) * static_cast<double>(x);
        }
        CHECK(distribution.points <= Distribution::capacity);
        CHECK(distribution.total() == 30'000);
        CHECK(distribution.sum[distribution.points] == doctest::Approx(sum));
        CHECK(distribution.squares == doctest::Approx(squares));
        CHECK(std::is_sorted(distribution.value, distribution.value + distribution.points));
        double between = 0;   // what the points alone say of the squares
        for (Size i = 0; i < distribution.points; ++i) {
            const double value = static_cast<double>(distribution.value[i]);
            between += value * value * (distribution.count[i + 1] - distribution.count[i]);
        }
        CHECK(squares - between < 1e-5 * squares);
        for (const double fraction : {0.01, 0.5, 0.9, 0.999})
            CHECK(distribution.quantile(fraction) ==
                  doctest::Approx(static_cast<double>(all[static_cast<Size>(fraction * 30'000)])).epsilon(0.02));
    }
}

TEST_CASE("each sample goes to its nearest level, ties to the lower one") {
    const float values[] = {-2, -1, 0, 0.5f, 1, 1, 3, 9};
    const Distribution distribution{VectorView<const float>(values)};
    const double levels[] = {-1, 0, 1, 2, 4};
    double counts[5]{}, sums[5]{};
    distribution.assign(5, [&](Size i) { return levels[i]; }, [&](Size i, double count, double sum) {
        counts[i] = count;
        sums[i] = sum;
    });
    const double expected_counts[] = {2, 2, 2, 1, 1}, expected_sums[] = {-3, 0.5, 2, 3, 9};
    for (int i = 0; i < 5; ++i) {
        CHECK(counts[i] == expected_counts[i]);
        CHECK(sums[i] == expected_sums[i]);
    }
}

TEST_CASE("samples that are not finite are left out") {
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    const float values[] = {nan, 1, infinity, -2, -infinity};
    const Distribution distribution{VectorView<const float>(values)};
    CHECK(distribution.points == 2);
    CHECK(distribution.lowest() == -2);
    CHECK(distribution.largest() == 2);

    Samples many = samples::even(5000);
    many[7] = nan;
    many[9] = infinity;
    CHECK(Distribution{VectorView<const float>(many)}.total() == 4998);
    many.assign(5000, nan);
    CHECK(Distribution{VectorView<const float>(many)}.empty());
    CHECK(Distribution{VectorView<const float>()}.empty());
    many.assign(5000, 3.0f);
    CHECK(Distribution{VectorView<const float>(many)}.points == 1);
}
