// SPDX-License-Identifier: BSL-1.0
#include <aquatint/train/optimizer.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

TEST_CASE("momentum, Nesterov's and the plain one, by hand") {
    for (const bool nesterov : {false, true}) {
        const train::Sgd sgd{.rate = 0.1, .momentum = 0.9, .decay = 0.01, .nesterov = nesterov};
        std::vector<float> parameters(11, 2.0f), moments(11, 0.0f);
        const std::vector<float> gradient(11, 0.5f);
        double w = 2, v = 0;
        for (UInt64 number = 1; number <= 3; ++number) {
            train::step(sgd, 0.1, true, number, gradient.data(), 11, moments.data(), 11, parameters.data());
            const double g = 0.5 + 0.01 * w;
            v = 0.9 * v + g;
            w -= 0.1 * (nesterov ? g + 0.9 * v : v);
        }
        for (const float parameter : parameters) CHECK(static_cast<double>(parameter) == doctest::Approx(w).epsilon(1e-6));
    }
}
TEST_CASE("Adam's first steps have the size of the rate, and decay draws to zero") {
    const train::Adam adam{.rate = 0.01, .decay = 0};
    float parameter = 1, moments[2]{};
    const float gradient = 123;
    for (UInt64 number = 1; number <= 3; ++number) train::step(adam, 0.01, false, number, &gradient, 1, moments, 1, &parameter);
    CHECK(static_cast<double>(parameter) == doctest::Approx(0.97).epsilon(1e-5));
    const float none = 0;
    float still = 1, own[2]{};
    train::step(train::Adam{.decay = 0.5}, 0.1, true, 1, &none, 1, own, 1, &still);
    CHECK(static_cast<double>(still) == doctest::Approx(0.95));
}
TEST_CASE("schedules") {
    const train::Schedule wave = train::cosine(0.1);
    CHECK(wave(0.05) == doctest::Approx(0.5));
    CHECK(wave(0.1) == doctest::Approx(1));
    CHECK(wave(0.55) == doctest::Approx(0.5));
    CHECK(wave(1) == doctest::Approx(0));
    const train::Schedule stairs = train::steps({0.5, 0.75});
    CHECK(stairs(0.4) == 1);
    CHECK(stairs(0.5) == doctest::Approx(0.1));
    CHECK(stairs(0.9) == doctest::Approx(0.01));
    CHECK(train::constant()(0.9) == 1);
    const train::Schedule waves = train::repeated(train::cosine(), 4);
    CHECK(waves(0) == doctest::Approx(1));
    CHECK(waves(0.125) == doctest::Approx(0.5));
    CHECK(waves(0.25) == doctest::Approx(1));
    CHECK(waves(1) == doctest::Approx(0));
}
