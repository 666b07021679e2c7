// SPDX-License-Identifier: BSL-1.0
// AdaBin: the gradients of its estimators are finite differences of them, and the authors' pretrained network, taken into
// training, is recognized by training's forward pass as by the packed network.
#include "../support/pretrained_binary.hpp"

#include <aquatint/train.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

namespace {

/// AdaBin's quantized weights with tanh in place of the sign, as a smooth function of the weights.
double smooth(const std::vector<double>& weights, const std::vector<double>& signs, double t, double k,
              const std::vector<float>& gradient, const std::vector<double>& about) {
    const auto count = static_cast<double>(weights.size());
    double mean = 0, square = 0, sum = 0;
    for (const double w : weights) mean += w / count;
    for (const double w : weights) square += (w - mean) * (w - mean) / count;
    const double deviation = std::sqrt(square);
    for (Size i = 0; i < weights.size(); ++i) {
        const double moved = k * (std::tanh(t * (weights[i] - mean) / deviation) - about[i]);   // 0 where the signs are taken
        sum += static_cast<double>(gradient[i]) * (deviation * (signs[i] + moved) + mean);
    }
    return sum;
}

}  // namespace

TEST_CASE("the gradient of adaptive binary weights is that of mean, deviation and a bent sign") {
    std::vector<float> weights, gradient;
    train::Random random(4);
    for (int i = 0; i < 20; ++i) {
        weights.push_back(static_cast<float>(0.3 * random.normal() + 0.1));
        gradient.push_back(static_cast<float>(random.normal()));
    }
    for (const float progress : {0.0f, 0.5f, 1.0f}) {
        using Training = train::WeightTraining<AdaptiveBinary>;
        const VectorView<const float> view(weights.data(), weights.size());
        train::WeightContext context;
        context.progress = progress;
        const auto levels = Training::levels(view, context, nullptr, nullptr);
        std::vector<float> found = gradient;
        Training::backward(view, levels, context, found.data(), nullptr);

        const double t = 0.1 * std::pow(100.0, static_cast<double>(progress)), k = std::fmax(1 / t, 1.0);
        std::vector<double> at(weights.begin(), weights.end()), signs, about;
        for (const double w : at) {
            const double u = (w - static_cast<double>(levels.offset)) / static_cast<double>(levels.scale);
            signs.push_back(u >= 0 ? 1 : -1);
            about.push_back(std::tanh(t * u));
        }
        for (Size i = 0; i < at.size(); ++i) {
            std::vector<double> above = at, below = at;
            above[i] += 1e-5;
            below[i] -= 1e-5;
            const double expected =
                (smooth(above, signs, t, k, gradient, about) - smooth(below, signs, t, k, gradient, about)) / 2e-5;
            CHECK(static_cast<double>(found[i]) == doctest::Approx(expected).epsilon(1e-3));
        }
    }
}

TEST_CASE(
    "the gradients of alpha and beta are those of alpha * (s((x - beta) / alpha) + beta), s a sign with a triangle as slope") {
    using Training = train::ActivationTraining<AdaptiveBinary>;
    const std::vector<float> inputs{-2, -0.6f, -0.1f, 0.15f, 0.3f, 0.7f, 0.9f, 1.5f, 0.2f},
        gradient{1, -0.5f, 0.3f, 2, -1, 0.4f, 0.1f, -0.2f, 0.6f};
    const float numbers[] = {0.8f, 0.2f};
    const train::LevelTable table = Training::table(numbers, nullptr);
    train::GradientMoments moments;
    table.add_moments(inputs.data(), gradient.data(), inputs.size(), moments);
    float found[2]{};
    Training::gradient(table, moments, 9, numbers, found);
    double of_alpha = 0, of_beta = 0;
    for (Size i = 0; i < inputs.size(); ++i) {
        const double alpha = 0.8f, beta = 0.2f, u = (static_cast<double>(inputs[i]) - beta) / alpha, s = u >= 0 ? 1 : -1;
        const double slope = std::fmax(0.0, 2 - 2 * std::fabs(u)), g = static_cast<double>(gradient[i]);
        of_alpha += g * (s + beta - u * slope);
        of_beta += g * (alpha - slope);
    }
    CHECK(static_cast<double>(found[0]) == doctest::Approx(of_alpha).epsilon(1e-5));
    CHECK(static_cast<double>(found[1]) == doctest::Approx(of_beta).epsilon(1e-5));
}

TEST_CASE("the pretrained binary network in training's forward pass") {
    constexpr Size count = 1000;
    const auto pretrained = support::pretrained_binary(count);
    if (!pretrained) return;
    using Net = cifar10::AdaBinResNet20;
    train::Model<Net> model(train::Seed{1}, {{0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f}});
    REQUIRE(!model.start_from(pretrained->model));
    CHECK(model.quantizers_started);

    const train::Data data(MatrixView<const Byte>(pretrained->pixels.data(), count, 3072),
                           VectorView<const Byte>(pretrained->labels));
    const double right = count * train::evaluate(model, data);
    CHECK(right >= 876);
    CHECK(right <= 880);

    const auto parameters = std::make_unique<Parameters<Net>>();
    REQUIRE(!freeze(model, *parameters));
    const auto arena = std::make_unique<Arena<Net>>();
    Size packed = 0;
    for (Size i = 0; i < 200; ++i)
        packed += train::largest_of(infer(*parameters, *arena, (*pretrained)[i]).data, 10) == pretrained->labels[i] ? 1u : 0u;
    const double simulated = 200 * train::evaluate(model, data.part(0, 200));
    CHECK(std::fabs(static_cast<double>(packed) - simulated) <= 1);
}
