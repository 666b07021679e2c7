// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/asymmetric_ternary.hpp>
#include <aquatint/policy/ternary.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

TEST_CASE("each sign has a size and a threshold of its own, and ties are zero") {
    using Reader = AsymmetricTernary;
    constexpr Reader::Levels levels{0.5f, {4, 1}};
    static_assert(Reader::decode(0, levels) == 0 && Reader::decode(1, levels) == 2 && Reader::decode(2, levels) == -0.5f);
    static_assert(Reader::encode(1, levels) == 0 && Reader::encode(1.01f, levels) == 1);
    static_assert(Reader::encode(-0.25f, levels) == 0 && Reader::encode(-0.26f, levels) == 2);
    constexpr Reader::Levels turned{-0.5f, {4, 1}};
    static_assert(Reader::decode(1, turned) == -2 && Reader::encode(-1.01f, turned) == 1 && Reader::encode(0.26f, turned) == 2);
    CHECK(PlaneReading<Reader>);
    CHECK_FALSE(Reader::valid({1, {0, 1}}));
    CHECK_FALSE(Reader::valid({1, {1, -1}}));
    CHECK_FALSE(Reader::valid({0, {1, 1}}));
}

TEST_CASE("sizes become whole numbers of one scale, nearly what they were") {
    using Reader = AsymmetricTernary;
    for (const double positive : {0.001, 0.7, 30.0})
        for (const double negative : {0.002, 0.7, 25.0}) {
            const auto levels = Reader::of_sizes(positive, negative);
            CHECK(Reader::valid(levels));
            const double step = static_cast<double>(levels.scale), up = static_cast<double>(Reader::decode(1, levels)),
                         down = static_cast<double>(Reader::decode(2, levels));
            CHECK(std::fabs(up - positive) <= (positive < step ? 1.0 : 0.51) * step);   // no level is less than a step
            CHECK(std::fabs(down + negative) <= (negative < step ? 1.0 : 0.51) * step);
        }
}

TEST_CASE("the fit is as good as trying every pair, and never behind a symmetric one") {
    using Reader = AsymmetricTernary;
    const auto lopsided = [](samples::Samples all) {
        for (float& x : all) x = x > 0 ? 3 * x : x;
        return all;
    };
    for (const auto& some : samples::various(120)) {
        const auto all = lopsided(some);
        const double error = mean_square_error<Reader>(all, Reader::fit(all));
        CHECK(error <= 1.001 * mean_square_error<Ternary>(all, Ternary::fit(all)));
        const auto best = Reader::fit(all);
        for (double more = 0.5; more < 2; more *= 1.1)
            for (double other = 0.5; other < 2; other *= 1.1)
                CHECK(error <=
                      1.001 * mean_square_error<Reader>(
                                  all, Reader::of_sizes(more * static_cast<double>(magnitude(Reader::decode(1, best))),
                                                        other * static_cast<double>(magnitude(Reader::decode(2, best))))));
    }
}
