// SPDX-License-Identifier: BSL-1.0
#include "../policy/samples.hpp"

#include <aquatint/train/even_basis.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

namespace {

template <class Training>
double settled(const std::vector<float>& samples, float start) {
    float state[] = {start, 0};
    for (int batch = 0; batch < 1000; ++batch) {
        if constexpr (requires { Training::counts_levels; }) {
            const train::LevelTable table = Training::table(nullptr, state);
            train::LevelCounts counts(table.level.size());
            table.count(samples.data(), samples.size(), counts);
            Training::update(table, counts, state);
        } else {
            const VectorView<const float> weights(samples.data(), samples.size());
            Training::update(weights, Training::levels(weights, {}, nullptr, state), {}, state);
        }
    }
    return static_cast<double>(state[0]);
}

}  // namespace

TEST_CASE(
    "the step settles where evenly spaced levels have the least error (Max, 1960), from near and far, and is started there") {
    using Two = LearnedBasis<2>;
    using Three = LearnedBasis<3>;
    using OfTwo = train::EvenBasisWeight<Two>;
    const std::vector<float> gauss = samples::gaussian(20'001);
    CHECK(settled<OfTwo>(gauss, 0.3f) == doctest::Approx(0.9957 / 2).epsilon(0.01));
    CHECK(settled<OfTwo>(gauss, 1.5f) == doctest::Approx(0.9957 / 2).epsilon(0.01));
    CHECK(settled<train::EvenBasisWeight<Three>>(gauss, 0.4f) == doctest::Approx(0.5860 / 2).epsilon(0.01));
    float started[2];
    OfTwo::start({gauss.data(), gauss.size()}, {}, nullptr, started);
    CHECK(static_cast<double>(started[0]) == doctest::Approx(0.9957 / 2).epsilon(0.02));

    std::vector<float> half;
    for (const float x : gauss) half.push_back(x > 0 ? x : 0);
    using Reader = Two::AsActivation;
    const double step = settled<train::EvenBasisActivation<Reader>>(half, 1.0f);
    const auto error = [&](double size) {
        const auto state = static_cast<float>(size);
        return mean_square_error<Reader>({half.data(), half.size()}, train::EvenBasisActivation<Reader>::levels(nullptr, &state));
    };
    CHECK(error(step) < error(0.97 * step));
    CHECK(error(step) < error(1.03 * step));
}

TEST_CASE("levels stay evenly spaced, and nothing but zeros moves nothing") {
    using Training = train::EvenBasisWeight<LearnedBasis<3>>;
    const float state[] = {0.25f, 7};
    const auto levels = Training::levels({}, {}, nullptr, state);
    CHECK(valid_levels<LearnedBasis<3>>(levels));
    for (unsigned code = 0; code < 8; ++code)
        CHECK(static_cast<double>(LearnedBasis<3>::decode(code, levels)) == doctest::Approx(0.25 * (2.0 * code - 7)));

    using Reader = LearnedBasis<2>::AsActivation;
    using Activation = train::EvenBasisActivation<Reader>;
    float moving[] = {0.5f, 3};
    const std::vector<float> zeros(16);
    const train::LevelTable table = Activation::table(nullptr, moving);
    train::LevelCounts counts(table.level.size());
    table.count(zeros.data(), zeros.size(), counts);
    Activation::update(table, counts, moving);
    CHECK(moving[0] == 0.5f);
    CHECK(moving[1] == 3);
}
