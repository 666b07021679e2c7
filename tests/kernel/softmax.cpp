// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/kernel/softmax.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <vector>

using namespace aquatint;

namespace {

std::vector<float> softmax_of(const std::vector<float>& values) {
    std::vector<float> result(values.size());
    const Extent extent{{1, 1, values.size()}};
    softmax(values.data(), extent, result.data(), extent);
    return result;
}

}  // namespace

TEST_CASE("softmax against double precision, channel by channel") {
    support::Random random;
    for (const float spread : {0.1f, 5.0f, 60.0f})
        for (const Size count : {Size(1), Size(2), Size(10), Size(1000)}) {
            std::vector<float> values(count);
            for (float& value : values) value = spread * random.number();
            const auto found = softmax_of(values);
            double sum = 0, total = 0;
            for (const float value : values) sum += std::exp(static_cast<double>(value));
            for (Size i = 0; i < count; ++i) {
                const double expected = std::exp(static_cast<double>(values[i])) / sum;
                // two units of each exponential, the difference from the largest value, and a rounding for each addition
                const double bound = expected * (4 + 2 * static_cast<double>(spread) + static_cast<double>(count)) * 0x1p-23;
                CHECK(std::fabs(static_cast<double>(found[i]) - expected) <= bound + 0x1p-126);
                total += static_cast<double>(found[i]);
            }
            CHECK(total == doctest::Approx(1).epsilon(1e-5));
        }
}

TEST_CASE("nothing overflows, equal inputs are equally likely, shifts change nothing") {
    CHECK(softmax_of({3e38f, -3e38f}) == std::vector<float>{1, 0});
    CHECK(softmax_of({-3e38f, -3e38f}) == std::vector<float>{0.5f, 0.5f});
    CHECK(softmax_of({7, 7, 7, 7}) == std::vector<float>{0.25f, 0.25f, 0.25f, 0.25f});
    CHECK(softmax_of({1, 2, 3.5f}) == softmax_of({-63, -62, -60.5f}));
}

TEST_CASE("pixels are independent, rings are left alone, and it may be done in place") {
    const Extent in{{2, 3, 4}, 1}, out{{2, 3, 4}, 2};
    support::Random random;
    std::vector<float> from(in.elements(), 99), to(out.elements(), 77);
    for (Size row = 0; row < 2; ++row)
        for (Size i = 0; i < 12; ++i) from[in.at(row, 0) + i] = random.number();
    softmax(from.data(), in, to.data(), out);
    Size untouched = 0;
    for (const float value : to) untouched += value == 77;
    CHECK(untouched == out.elements() - 24);
    for (Size row = 0; row < 2; ++row)
        for (Size column = 0; column < 3; ++column) {
            const float* pixel = from.data() + in.at(row, column);
            const auto expected = softmax_of({pixel, pixel + 4});
            for (Size c = 0; c < 4; ++c) CHECK(to[out.at(row, column) + c] == expected[c]);
        }
    softmax(from.data(), in, from.data(), in);
    CHECK(from[in.at(1, 2) + 3] == to[out.at(1, 2) + 3]);
}
