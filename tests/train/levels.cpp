// SPDX-License-Identifier: BSL-1.0
#include "../laws/all_policies.hpp"
#include "../support/random_parameters.hpp"

#include <aquatint/train/levels.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

namespace {

/// Numbers about the boundaries, where a wrong one shows.
std::vector<float> telling_numbers(const train::LevelTable& table, support::Random& random) {
    std::vector<float> numbers{0, -0.0f, 1e-30f, -1e-30f, 1e30f, -1e30f};
    for (const float boundary : table.boundary)
        for (Int32 step = -3; step <= 3; ++step) numbers.push_back(train::from_ordered(train::ordered(boundary) + step));
    const float reach = 1.5f * most(magnitude(table.lowest), magnitude(table.highest));
    for (int i = 0; i < 1000; ++i) numbers.push_back(random.real(-reach, reach));
    return numbers;
}

template <class Reader>
void rounds_as_the_policy(support::Random& random) {
    CAPTURE(Reader::name);
    for (int round = 0; round < 4; ++round) {
        const auto levels = support::random_levels<Reader>(random, 1, 60);
        const train::LevelTable table = train::table_of<Reader>(levels);
        const std::vector<float> numbers = telling_numbers(table, random);
        std::vector<float> rounded(numbers.size());
        table.round(numbers.data(), numbers.size(), rounded.data());
        Size different = 0;
        for (Size i = 0; i < numbers.size(); ++i)
            different += rounded[i] != Reader::decode(Reader::encode(numbers[i], levels), levels) ? 1u : 0u;
        if (table.step > 0) CHECK(different <= 2);   // a product instead of a quotient: a tie may fall to the other side
        else CHECK(different == 0);

        if (table.step > 0) continue;
        train::LevelCounts counts(table.level.size());
        table.count(numbers.data(), numbers.size(), counts);
        std::vector<double> expected(table.level.size());
        for (const float number : rounded)
            for (Size i = 0; i < expected.size(); ++i) expected[i] += number == table.level[i] ? 1 : 0;
        CHECK(counts.count == expected);
    }
}

}  // namespace

TEST_CASE("a table rounds exactly as its policy does, and counts what it rounds") {
    support::Random random{7};
    const auto each = [&]<class... Reader>(TypeList<Reader...>) {
        const auto one = [&]<class Own>(TypeTag<Own>) {
            if constexpr (Own::codes <= 256 && !std::is_same_v<Own, Real>) rounds_as_the_policy<Own>(random);
        };
        (one(TypeTag<Reader>{}), ...);
    };
    each(laws::AllPolicies{});
}

TEST_CASE(
    "the surrogate passes gradients between its limits, and the sums for the levels' own gradients are those of the formula") {
    using Reader = Uniform<3, Asymmetric>;
    const Reader::Levels levels{0.25f, 2};
    train::LevelTable table = train::table_of<Reader>(levels);
    table.surrogate = {table.lowest, table.highest};
    const float inputs[] = {-1, -0.5f, 0.1f, 1.25f, 1.26f};
    float gradient[] = {1, 1, 1, 1, 1};
    train::GradientMoments moments;
    table.add_moments(inputs, gradient, 5, moments);
    CHECK(moments.gradient == 5);
    CHECK(moments.above == 1);
    CHECK(moments.level - moments.input ==
          doctest::Approx(0.25 * (-2 + 0 + (0 - 0.4) + 0 + 5)));   // level - x inside, level outside
    table.pass(inputs, 5, gradient);
    const float expected[] = {0, 1, 1, 1, 0};
    for (Size i = 0; i < 5; ++i) CHECK(gradient[i] == expected[i]);
}

TEST_CASE("the surrogate of a sign is a triangle") {
    const train::Surrogate surrogate{.middle = 0.5f, .width = 2};
    CHECK(surrogate.slope(0.5f) == 2);
    CHECK(surrogate.slope(1.5f) == 1);
    CHECK(surrogate.slope(-0.5f) == 1);
    CHECK(surrogate.slope(2.5f) == 0);
    CHECK(surrogate.slope(-9.0f) == 0);
}
