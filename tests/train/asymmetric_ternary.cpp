// SPDX-License-Identifier: BSL-1.0
// TTQ: the codes are those of its threshold, the gradients of both sizes are finite
// differences, that of a weight has its level's size.
#include <aquatint/train.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

namespace {

using Training = train::WeightTraining<AsymmetricTernary>;
const std::vector<float> weights{0.9f, -0.03f, 0.3f, -0.6f, 0.05f, -0.2f, 0.04f};
const VectorView<const float> channel(weights.data(), weights.size());

std::vector<float> rounded(const float* sizes) {
    std::vector<float> result(weights.size());
    const auto levels = Training::levels(channel, {}, sizes, nullptr);
    train::round_weights<AsymmetricTernary, Training>(channel, levels, nullptr, result.data());
    return result;
}

}  // namespace

TEST_CASE("5 % of the largest magnitude decides, whatever the sizes are, and they begin as means") {
    float sizes[2];
    Training::start(channel, {}, sizes, nullptr);
    CHECK(static_cast<double>(sizes[0]) == doctest::Approx((0.9 + 0.3 + 0.05) / 3));
    CHECK(static_cast<double>(sizes[1]) == doctest::Approx(0.4));
    const std::vector<double> signs{1, 0, 1, -1, 1, -1, 0};   // the threshold is 0.045
    for (const auto& [positive, negative] : {std::pair{0.4f, 0.4f}, {5.0f, 0.01f}, {0.001f, 3.0f}}) {
        const float other[] = {positive, negative};
        const std::vector<float> result = rounded(other);
        for (Size i = 0; i < weights.size(); ++i) {
            const double wanted = signs[i] * static_cast<double>(signs[i] > 0 ? positive : negative);
            CHECK(static_cast<double>(result[i]) ==
                  doctest::Approx(wanted).epsilon(0.3));   // of the small one few steps are left
            CHECK((result[i] > 0) == (signs[i] > 0));
            CHECK((result[i] < 0) == (signs[i] < 0));
        }
    }
}

TEST_CASE("the gradients of Trained Ternary Quantization") {
    const std::vector<float> gradient{1, -2, 0.5f, 3, -1, 0.25f, 4};
    const float sizes[] = {0.7f, 0.3f};
    std::vector<float> of_weights = gradient;
    float of_sizes[2]{};
    Training::backward(channel, Training::levels(channel, {}, sizes, nullptr), {}, of_weights.data(), of_sizes);
    const auto loss = [&](float positive, float negative) {
        const float moved[] = {positive, negative};
        const std::vector<float> result = rounded(moved);
        double sum = 0;
        for (Size i = 0; i < weights.size(); ++i) sum += static_cast<double>(gradient[i]) * static_cast<double>(result[i]);
        return sum;
    };
    CHECK(static_cast<double>(of_sizes[0]) == doctest::Approx((loss(0.8f, 0.3f) - loss(0.6f, 0.3f)) / 0.2).epsilon(5e-3));
    CHECK(static_cast<double>(of_sizes[1]) == doctest::Approx((loss(0.7f, 0.4f) - loss(0.7f, 0.2f)) / 0.2).epsilon(5e-3));
    const std::vector<double> factors{0.7, 1, 0.7, 0.3, 0.7, 0.3, 1};
    for (Size i = 0; i < weights.size(); ++i)
        CHECK(static_cast<double>(of_weights[i]) == doctest::Approx(factors[i] * static_cast<double>(gradient[i])).epsilon(1e-3));
}

TEST_CASE("sizes that were drawn to nothing leave valid levels") {
    const float none[] = {-0.5f, 0};
    CHECK(valid_levels<AsymmetricTernary>(Training::levels(channel, {}, none, nullptr)));
    float sizes[2];
    const std::vector<float> positive{1, 2, 3}, zeros(3);
    Training::start({positive.data(), 3}, {}, sizes, nullptr);
    CHECK(sizes[1] == 2);   // nobody is negative
    Training::start({zeros.data(), 3}, {}, sizes, nullptr);
    CHECK(valid_levels<AsymmetricTernary>(Training::levels({zeros.data(), 3}, {}, sizes, nullptr)));
}
