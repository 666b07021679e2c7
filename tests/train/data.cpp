// SPDX-License-Identifier: BSL-1.0
#include <aquatint/train/data.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace aquatint;

TEST_CASE("a sample is normalized, moved and mirrored; black follows it") {
    const std::vector<Byte> pixels{0, 51, 102, 153, 204, 255};   // two rows of three
    const std::vector<Byte> labels{1};
    const train::Data data(MatrixView<const Byte>(pixels.data(), 1, 6), VectorView<const Byte>(labels));
    const Normalization meaning{{0.2f}, {0.2f}};
    const auto read = [&](const train::Placed& placed) {
        std::vector<float> input(6);
        train::read_sample(data, 0, {2, 3, 1}, meaning, placed, input.data());
        std::vector<int> tenths;
        for (const float number : input) tenths.push_back(static_cast<int>(std::lround(10 * number)));
        return tenths;
    };
    CHECK(read({}) == std::vector<int>{-10, 0, 10, 20, 30, 40});
    CHECK(read({0, 0, true}) == std::vector<int>{10, 0, -10, 40, 30, 20});
    CHECK(read({1, 0, false}) == std::vector<int>{20, 30, 40, -10, -10, -10});
    CHECK(read({0, -1, false}) == std::vector<int>{-10, -10, 0, -10, 20, 30});
}
TEST_CASE("random places are in range, all of them occur, and an order has every sample once") {
    std::set<std::pair<int, int>> places;
    Size mirrored = 0;
    for (Size i = 0; i < 1000; ++i) {
        const train::Placed placed = train::Placed::random({.shift = 1, .flip = true}, train::Random(1, 2, i));
        CHECK(std::abs(placed.rows) <= 1);
        CHECK(std::abs(placed.columns) <= 1);
        places.insert({placed.rows, placed.columns});
        mirrored += placed.mirrored ? 1u : 0u;
    }
    CHECK(places.size() == 9);
    CHECK(mirrored > 400);
    CHECK(mirrored < 600);

    std::vector<UInt32> order = train::shuffled(500, train::Random(1, 0)), other = train::shuffled(500, train::Random(1, 1));
    CHECK(order != other);
    std::sort(order.begin(), order.end());
    for (UInt32 i = 0; i < 500; ++i) CHECK(order[i] == i);
}
TEST_CASE("what bytes mean by mean and deviation of the data, channel by channel") {
    const std::vector<Byte> pixels{0, 7, 51, 7, 102, 7, 255, 7}, labels{0, 0};   // two samples of two pixels of two channels
    const train::Data data(MatrixView<const Byte>(pixels.data(), 2, 4), VectorView<const Byte>(labels));
    const Normalization meaning = train::normalization_of(data, {1, 2, 2});
    REQUIRE(meaning.mean.size() == 2);
    CHECK(static_cast<double>(meaning.mean[0]) == doctest::Approx(0.4));
    CHECK(static_cast<double>(meaning.deviation[0]) == doctest::Approx(std::sqrt((0.16 + 0.04 + 0 + 0.36) / 4)));
    CHECK(static_cast<double>(meaning.mean[1]) == doctest::Approx(7 / 255.0));
    CHECK(static_cast<double>(meaning.deviation[1]) == doctest::Approx(1e-3));
}
TEST_CASE("part of the data") {
    const std::vector<Byte> pixels{1, 2, 3, 4}, labels{5, 6, 7, 8};
    const train::Data data = train::Data(MatrixView<const Byte>(pixels.data(), 4, 1), VectorView<const Byte>(labels)).part(1, 2);
    CHECK(data.size == 2);
    CHECK(*data.bytes(1) == 3);
    CHECK(data.label(0) == 6);
}
