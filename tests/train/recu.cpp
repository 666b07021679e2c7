// SPDX-License-Identifier: BSL-1.0
// ReCU: the gradient is that of a scale times standardized and clamped weights, and the clamp opens with the training.
#include <aquatint/train.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

namespace {

using Training = train::ReCuWeight<Binary>;

/// The clamped weights weighted by `gradient`, as a smooth function of the weights; the bound is a constant.
double smooth(const std::vector<double>& weights, const std::vector<float>& gradient, double scale, double limit) {
    const auto count = static_cast<double>(weights.size());
    double mean = 0, square = 0, sum = 0;
    for (const double w : weights) mean += w / count;
    for (const double w : weights) square += (w - mean) * (w - mean);
    const double unit = std::sqrt(square / (count - 1) + 1e-5) / std::sqrt(8.0);
    for (Size i = 0; i < weights.size(); ++i)
        sum += static_cast<double>(gradient[i]) * scale * std::fmin(std::fmax((weights[i] - mean) / unit, -limit), limit);
    return sum;
}

}  // namespace

TEST_CASE("the gradient of ReCU's weights is a finite difference of what is clamped, that of the scale the sum by sign") {
    std::vector<float> weights, gradient;
    train::Random random(4);
    for (int i = 0; i < 24; ++i) {
        weights.push_back(static_cast<float>(0.3 * random.normal() + 0.1));
        gradient.push_back(static_cast<float>(random.normal()));
    }
    const VectorView<const float> view(weights.data(), weights.size());
    for (const float scale : {0.4f, -0.7f})
        for (const float progress : {0.0f, 0.7f}) {
            train::WeightContext context;
            context.progress = progress;
            const auto levels = Training::levels(view, context, &scale, nullptr);
            std::vector<float> found = gradient, rounded(weights.size());
            float of_scale = 0;
            Training::backward(view, levels, context, found.data(), &of_scale);
            const Training::Standardized own(view);
            const double limit = Training::bound(own.absolute, progress);
            const std::vector<double> at(weights.begin(), weights.end());
            Size clamped = 0;
            for (Size i = 0; i < at.size(); ++i) {
                std::vector<double> above = at, below = at;
                above[i] += 1e-6;
                below[i] -= 1e-6;
                const double factor = static_cast<double>(scale);
                const double expected = (smooth(above, gradient, factor, limit) - smooth(below, gradient, factor, limit)) / 2e-6;
                CHECK(static_cast<double>(found[i]) == doctest::Approx(expected).epsilon(2e-3));
                clamped += std::fabs(own.weight[i]) > limit ? 1u : 0u;
            }
            CHECK(clamped > 0);
            CHECK(clamped < at.size() / 2);

            train::round_weights<Binary, Training>(view, levels, nullptr, rounded.data());
            double by_sign = 0;
            for (Size i = 0; i < at.size(); ++i) {
                CHECK(rounded[i] == (own.weight[i] >= 0 ? scale : -scale));
                by_sign += own.weight[i] >= 0 ? static_cast<double>(gradient[i]) : -static_cast<double>(gradient[i]);
            }
            CHECK(static_cast<double>(of_scale) == doctest::Approx(by_sign));
        }
}

TEST_CASE("the clamp opens from the 85th to the 99th percentile of a Laplace distribution") {
    CHECK(Training::bound(1, 0) == doctest::Approx(-std::log(0.3)));
    CHECK(Training::bound(1, 1) == doctest::Approx(-std::log(0.02)));
    CHECK(Training::bound(2, 0.5f) > Training::bound(2, 0.4f));
}
