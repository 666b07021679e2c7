// SPDX-License-Identifier: BSL-1.0
// INQ: half of each channel is held from the first batch on, all of it in the last stage, codes that are held stay, and the
// network that comes of it reads the bars, packed as well.
#include "bars.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>

using namespace aquatint;

namespace {

using Float = bars::Small<Precision<Real, Real>>;
using Powers = bars::Small<Precision<Log2<4>, Uniform<8>>>;
const Normalization meaning{{0.3f}, {0.25f}};

/// The states of the weights of a step, channel by channel.
std::vector<float> state_of(const train::AnyModel& model, Size step) {
    const train::Span span = model.spans().steps[step].weight_state;
    return {model.learned.state.begin() + static_cast<std::ptrdiff_t>(span.first),
            model.learned.state.begin() + static_cast<std::ptrdiff_t>(span.first + span.size)};
}

}  // namespace

TEST_CASE("weights are held in stages, the largest first, and those that are held do not change" * doctest::test_suite("long")) {
    const bars::Pictures pictures(1200, 5), others(400, 6);
    const train::Data data = pictures.data(), test = others.data();
    train::Model<Float> real(train::Seed{3}, meaning);
    train::Options options{.epochs = 4, .batch = 40, .optimizer = train::Sgd{.rate = 0.05}};
    REQUIRE(!train::fit(real, data, options));
    train::Model<Powers, train::Inq> model(train::Seed{3}, meaning);
    REQUIRE(!model.start_from(real));

    constexpr Size step = 2, outputs = 16, inputs = 16 * 9;
    std::vector<float> before;
    Size batches = 0;
    options.schedule = train::repeated(train::cosine(), 4);
    options.observer = [&](const train::Progress&) {
        const std::vector<float> now = state_of(model, step);
        REQUIRE(now.size() == outputs * (1 + inputs));
        const double stages[] = {0.5, 0.75, 0.875, 1};
        const Size stage = batches++ * 4 / 120;
        Size held = 0, changed = 0;
        for (Size output = 0; output < outputs; ++output)
            for (Size i = 0; i < inputs; ++i) {
                const Size at = output * (1 + inputs) + 1 + i;
                held += now[at] != 0 ? 1u : 0u;
                if (!before.empty()) changed += before[at] != 0 && now[at] != before[at] ? 1u : 0u;
            }
        CHECK(held == static_cast<Size>(stages[stage] * static_cast<double>(inputs)) * outputs);
        CHECK(changed == 0);
        if (before.empty())   // what is free is smaller than what is held
            for (Size output = 0; output < outputs; ++output) {
                const VectorView<const float> weights = real.weights(step, output);
                float largest_free = 0, smallest_held = 1e30f;
                for (Size i = 0; i < inputs; ++i) {
                    const float size = magnitude(weights[i]);
                    if (now[output * (1 + inputs) + 1 + i] == 0) largest_free = most(largest_free, size);
                    else smallest_held = least(smallest_held, size);
                }
                CHECK(largest_free <= smallest_held);
            }
        before = now;
    };
    REQUIRE(!train::fit(model, data, options));
    CHECK(batches == 120);
    CHECK(train::evaluate(model, test) > 0.95);

    const auto parameters = std::make_unique<Parameters<Powers>>();
    const Error problem = freeze(model, *parameters);
    const std::string sentence = problem.message().c_str();
    INFO(sentence);
    REQUIRE(!problem);
    CHECK(bars::count_right(*parameters, others) > 380);
}

TEST_CASE("a weight that is held has its level in the forward pass and no gradient, one that is free is real") {
    using Training = train::InqWeight<Log2<3>>;
    train::WeightRuleOf<Log2<3>, Training> rule(6);
    const std::vector<float> weights{0.9f, -0.1f, 0.3f, -0.6f, 0.05f, 0.2f};
    const VectorView<const float> view(weights.data(), weights.size());
    std::vector<float> state(rule.state), rounded(6), gradient(6, 1.0f);
    REQUIRE(rule.state == 7);
    rule.start(view, nullptr, state.data());
    CHECK(state[0] == 0.5f);   // the largest level is 2^floor(log2(4 * 0.9 / 3)) = 1
    rule.quantize(view, nullptr, state.data(), rounded.data());
    CHECK(rounded == std::vector<float>{1, -0.1f, 0.5f, -0.5f, 0.05f, 0.2f});
    rule.backward(view, nullptr, state.data(), gradient.data(), nullptr);
    CHECK(gradient == std::vector<float>{0, 1, 0, 0, 1, 1});

    // Held codes stay whatever becomes of the weight behind them.
    const std::vector<float> moved{-0.9f, -0.4f, 0.3f, -0.6f, 0.7f, 0.2f};
    const VectorView<const float> later(moved.data(), moved.size());
    rule.context.progress = 0.25f;
    rule.update(later, nullptr, state.data());
    rule.quantize(later, nullptr, state.data(), rounded.data());
    CHECK(rounded == std::vector<float>{1, -0.5f, 0.5f, -0.5f, 0.5f, 0.2f});
    rule.context.progress = 1;
    rule.update(later, nullptr, state.data());
    rule.quantize(later, nullptr, state.data(), rounded.data());
    CHECK(rounded == std::vector<float>{1, -0.5f, 0.5f, -0.5f, 0.5f, 0});
}

TEST_CASE("a channel with a negative factor of BatchNorm keeps its powers of two") {
    const bars::Pictures pictures(320, 1);
    train::Model<Powers> model(train::Seed{1}, meaning);
    REQUIRE(!train::fit(model, pictures.data(), {.epochs = 1, .batch = 32}));
    const train::Span gamma = model.spans().steps[2].gamma;
    for (Size c = 0; c < gamma.size; c += 2) model.learned.parameters[gamma.first + c] *= -1;
    const auto parameters = std::make_unique<Parameters<Powers>>();
    REQUIRE(!freeze(model, *parameters));
    for (const auto& levels : step_of<2>(*parameters).levels) CHECK(levels.scale > 0);
    CHECK(bars::count_agreeing(model, *parameters, pictures) >= pictures.count() - 3);
}
