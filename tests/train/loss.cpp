// SPDX-License-Identifier: BSL-1.0
#include <aquatint/train/loss.hpp>
#include <doctest/doctest.h>

#include <functional>

using namespace aquatint;

namespace {

/// The gradient of a loss of four outputs is that of its finite differences.
void is_derivative(const std::function<double(const float*, float*)>& loss) {
    const float outputs[] = {0.3f, -1.2f, 2.1f, 0.4f};
    float gradient[4]{}, unused[4]{};
    loss(outputs, gradient);
    for (Size i = 0; i < 4; ++i) {
        float above[4], below[4];
        for (Size k = 0; k < 4; ++k) above[k] = below[k] = outputs[k];
        above[i] += 1e-2f;
        below[i] -= 1e-2f;
        const double difference = (loss(above, unused) - loss(below, unused)) / static_cast<double>(above[i] - below[i]);
        CHECK(static_cast<double>(gradient[i]) == doctest::Approx(difference).epsilon(1e-3));
    }
}

}  // namespace

TEST_CASE("every loss has its own derivative as gradient") {
    is_derivative([](const float* outputs, float* gradient) { return train::cross_entropy(outputs, 4, 2, 0, 1, gradient); });
    is_derivative([](const float* outputs, float* gradient) { return train::cross_entropy(outputs, 4, 0, 0.1, 1, gradient); });
    is_derivative([](const float* outputs, float* gradient) {
        const float wanted[] = {1, 0, 0.5f, -1};
        return train::mean_square(outputs, wanted, 4, 1, gradient);
    });
    is_derivative([](const float* outputs, float* gradient) {
        const float teacher[] = {1, 0, 3, -1};
        std::fill_n(gradient, 4, 0.0f);
        return train::distillation(outputs, teacher, 4, 3, 1, gradient);
    });
}
TEST_CASE("cross-entropy of huge outputs is finite, and of equal ones the logarithm of their number") {
    float gradient[4];
    const float huge[] = {1e30f, -1e30f, 0, 0}, equal[] = {2, 2, 2, 2};
    CHECK(std::isfinite(train::cross_entropy(huge, 4, 1, 0, 1, gradient)));
    CHECK(train::cross_entropy(equal, 4, 1, 0, 1, gradient) == doctest::Approx(std::log(4.0)));
}
