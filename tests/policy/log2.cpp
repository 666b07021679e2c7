// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/log2.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace aquatint;

TEST_CASE("the levels are INQ's") {
    static_assert(Log2<3>::codes == 5 && Log2<4>::codes == 9 && Log2<5>::codes == 17 && Log2<6>::codes == 33 &&
                  Log2<7>::codes == 65);
    static_assert(Log2<5>::integer(0) == 0 && Log2<5>::integer(1) == 1 && Log2<5>::integer(8) == 128);
    static_assert(Log2<5>::integer(9) == -1 && Log2<5>::integer(16) == -128);
    static_assert(Log2<7>::decode(32, {0x1p-31f}) == 1 && Log2<7>::decode(64, {0x1p-31f}) == -1);
    static_assert(IntegerReading<Log2<5>> && !IntegerReading<Log2<6>>);
    for (unsigned code = 0; code < Log2<7>::codes; ++code) {
        const double magnitude = code == 0 ? 0 : std::ldexp(1.0, static_cast<int>((code - 1) % 32) - 40);
        CHECK(static_cast<double>(Log2<7>::decode(code, {0x1p-40f})) == (code > 32 ? -magnitude : magnitude));
    }
}

TEST_CASE_TEMPLATE("a level begins where INQ says, and ties go away from zero", Reader, Log2<3>, Log2<4>, Log2<5>, Log2<6>,
                   Log2<7>) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    for (const float scale : {1.0f, 0x1p-20f, 0x1p-100f, 0x1p30f, 1.25f, 0x1.fffff8p-3f}) {   // thresholds are floats
        float lower = 0;
        for (unsigned code = 1; code <= Reader::exponents; ++code) {
            const float level = Reader::decode(code, {scale});
            const float threshold = (lower + level) / 2;
            CHECK(Reader::encode(threshold, {scale}) == code);
            CHECK(Reader::encode(-threshold, {scale}) == code + Reader::exponents);
            CHECK(Reader::encode(std::nextafter(threshold, 0.0f), {scale}) == code - 1);
            CHECK(Reader::encode(std::nextafter(1.5f * level, 0.0f), {scale}) == code);
            lower = level;
        }
        CHECK(Reader::encode(infinity, {scale}) == Reader::exponents);
        CHECK(Reader::encode(-infinity, {scale}) == 2 * Reader::exponents);
    }
}

TEST_CASE("scales are positive, and so small that all levels are floats") {
    CHECK(Log2<4>::valid({0.25f}));
    CHECK(Log2<4>::valid({0.3f}));
    CHECK_FALSE(Log2<4>::valid({-0.25f}));
    CHECK_FALSE(Log2<4>::valid({0}));
    CHECK(Log2<7>::valid({0x1p60f}));
    CHECK_FALSE(Log2<7>::valid({0x1p90f}));   // its largest level is no float
}

TEST_CASE("INQ's largest level") {
    // n1 = floor(log2(4 s / 3)): s = 1.49 gives 0, s = 1.5 gives 1
    const float small[] = {1.49f, -0.1f}, large[] = {-1.5f, 0.1f};
    CHECK(Log2<5>::fit_inq(small).scale == 0x1p-7f);
    CHECK(Log2<5>::fit_inq(large).scale == 0x1p-6f);
}

TEST_CASE_TEMPLATE("the fit has the least error of all exponents", Reader, Log2<3>, Log2<4>, Log2<5>, Log2<7>) {
    for (const auto& all : samples::various(300)) {
        const double error = mean_square_error<Reader>(all, Reader::fit(all));
        CHECK(error <= mean_square_error<Reader>(all, Reader::fit_inq(all)));
        for (float scale = 0x1p-40f; scale < 100; scale *= 2) CHECK(error <= 1.000001 * mean_square_error<Reader>(all, {scale}));
    }
}
