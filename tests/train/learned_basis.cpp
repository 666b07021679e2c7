// SPDX-License-Identifier: BSL-1.0
// Quantization error minimization with a moving average: its fixed points, its memory, and integers of one scale.
#include "../policy/samples.hpp"

#include <aquatint/train/learned_basis.hpp>
#include <doctest/doctest.h>

#include <algorithm>

using namespace aquatint;

namespace {

template <class Reader, class Training>
void settles(const std::vector<float>& samples, const std::vector<float>& start, const std::vector<float>& expected) {
    std::vector<float> state = start;
    state.push_back(0);
    for (int batch = 0; batch < 3000; ++batch) {
        if constexpr (requires { Training::counts_levels; }) {
            const train::LevelTable table = Training::table(nullptr, state.data());
            train::LevelCounts counts(table.level.size());
            table.count(samples.data(), samples.size(), counts);
            Training::update(table, counts, state.data());
        } else {
            const VectorView<const float> weights(samples.data(), samples.size());
            Training::update(weights, Training::levels(weights, {}, nullptr, state.data()), {}, state.data());
        }
    }
    std::sort(state.begin(), state.end() - 1);
    for (Size k = 0; k < expected.size(); ++k)
        CHECK(static_cast<double>(state[k]) == doctest::Approx(static_cast<double>(expected[k])).epsilon(0.01));
}

}  // namespace

TEST_CASE("weights and activations settle at the fixed points of the paper's initialization" * doctest::test_suite("long")) {
    std::vector<float> gauss, half;
    for (const float x : samples::gaussian(20'001)) {
        gauss.push_back(x);
        half.push_back(x > 0 ? x : 0);
    }
    using Two = LearnedBasis<2>;
    using Three = LearnedBasis<3>;
    settles<Two, train::WeightTraining<Two>>(gauss, {0.337f, 0.675f}, {0.5288f, 0.9816f});
    settles<Three, train::WeightTraining<Three>>(gauss, {0.169f, 0.337f, 0.675f}, {0.3010f, 0.6069f, 1.1578f});
    settles<Two::AsActivation, train::ActivationTraining<Two::AsActivation>>(half, {0.45f, 0.9f}, {0.6522f, 1.3000f});
    settles<Three::AsActivation, train::ActivationTraining<Three::AsActivation>>(half, {0.193f, 0.385f, 0.771f},
                                                                                 {0.3525f, 0.7036f, 1.4184f});
}

TEST_CASE("the moving average forgets its start at once, and then moves by a tenth") {
    using Reader = LearnedBasis<1>;
    using Training = train::WeightTraining<Reader>;
    float state[] = {5, 0};
    const std::vector<float> ones{1, -1, 1, 1}, threes{3, -3, 3, -3};
    const auto update = [&](const std::vector<float>& weights) {
        const VectorView<const float> view(weights.data(), weights.size());
        Training::update(view, Training::levels(view, {}, nullptr, state), {}, state);
    };
    update(ones);
    CHECK(static_cast<double>(state[0]) == doctest::Approx(1).epsilon(1e-3));
    update(threes);   // (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.9^2)
    CHECK(static_cast<double>(state[0]) == doctest::Approx(0.39 / 0.19).epsilon(1e-3));
}

TEST_CASE("the levels that train are integers of one scale, and near the basis") {
    using Moving = train::MovingBasis<3, Unipolar>;
    for (const std::vector<double>& basis :
         {std::vector<double>{0.35, 0.7, 1.42}, {0.01, 0.5, 0.52}, {1e-9, 1e-9, 3}, {2, 2, 2}}) {
        Moving::Basis wanted;
        for (unsigned k = 0; k < 3; ++k) wanted.weight[k] = basis[k];
        const auto levels = Moving::integers(wanted, 255);
        CHECK(levels.basis[0] + levels.basis[1] + levels.basis[2] <= 255);
        CHECK(valid_levels<Moving::Reader>(levels));
        for (unsigned k = 0; k < 3; ++k)
            CHECK(std::fabs(static_cast<double>(levels.scale) * levels.basis[k] - basis[k]) <=
                  0.6 * static_cast<double>(levels.scale));
    }
    CHECK(valid_levels<Moving::Reader>(Moving::integers({}, 255)));
}
