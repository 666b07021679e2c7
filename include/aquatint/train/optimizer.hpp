// SPDX-License-Identifier: BSL-1.0
// Optimizers: from gradients to steps of the parameters; and schedules of their rate.
#pragma once

#include <array>
#include <cmath>
#include <functional>
#include <variant>
#include <vector>

#include <aquatint/train/lanes.hpp>
#include <aquatint/train/team.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Stochastic gradient descent with Nesterov's momentum. `decay` is the factor of a weight in its own gradient; biases,
/// BatchNorm, slopes and quantizers have none.
struct Sgd {
    double rate = 0.1;
    double momentum = 0.9;
    double decay = 1e-4;
    bool nesterov = true;
};
/// Adam (Kingma and Ba, 2015), the decay apart from the gradient (Loshchilov and Hutter, 2019).
struct Adam {
    double rate = 1e-3;
    double first = 0.9, second = 0.999;   ///< how much of the old moments is kept
    double epsilon = 1e-8;
    double decay = 1e-4;
};
using Optimizer = std::variant<Sgd, Adam>;

/// All that tells one optimizer from another of its kind.
inline std::array<double, 5> numbers_of(const Sgd& sgd) { return {sgd.rate, sgd.momentum, sgd.decay, sgd.nesterov ? 1.0 : 0.0}; }
inline std::array<double, 5> numbers_of(const Adam& adam) {
    return {adam.rate, adam.first, adam.second, adam.epsilon, adam.decay};
}

/// The factor of the rate at a moment of the training, both from 0 to 1.
using Schedule = std::function<double(double progress)>;

/// Always the same.
inline Schedule constant() {
    return [](double) { return 1.0; };
}
/// Half a wave of the cosine, after a linear rise over `warm_up` of the training.
inline Schedule cosine(double warm_up = 0) {
    return [warm_up](double progress) {
        if (progress < warm_up) return progress / warm_up;
        return 0.5 + 0.5 * std::cos(3.141592653589793 * (progress - warm_up) / (1 - warm_up));
    };
}
/// The same schedule several times, one after the other.
inline Schedule repeated(Schedule once, Size times) {
    return [once = std::move(once), times](double progress) {
        const double place = progress * static_cast<double>(times);
        return once(progress < 1 ? place - std::floor(place) : 1.0);
    };
}
/// Times `factor` at each of these moments, as in steps({0.5, 0.75}).
inline Schedule steps(std::vector<double> moments, double factor = 0.1) {
    return [moments = std::move(moments), factor](double progress) {
        double rate = 1;
        for (const double moment : moments)
            if (progress >= moment) rate *= factor;
        return rate;
    };
}

/// Floats of an optimizer for each parameter.
inline Size memory_of(const Optimizer& optimizer) { return std::holds_alternative<Adam>(optimizer) ? 2 : 1; }

/// One step of `count` neighbouring parameters. `moments` are the optimizer's floats, `decays` whether the weights are drawn
/// to zero, `number` counts the steps from 1.
inline void step(const Sgd& sgd, double rate, bool decays, UInt64, const float* gradient, Size count, float* moments, Size,
                 float* parameters) {
    const auto r = static_cast<float>(rate), m = static_cast<float>(sgd.momentum),
               decay = static_cast<float>(decays ? sgd.decay : 0.0);
    by_lanes(count, [&]<class Numbers>(Size i) {
        const Numbers w = load<Numbers>(parameters + i), g = load<Numbers>(gradient + i) + w * decay;
        const Numbers v = load<Numbers>(moments + i) * m + g;
        store(moments + i, v);
        store(parameters + i, w - (sgd.nesterov ? g + v * m : v) * r);
    });
}
inline void step(const Adam& adam, double rate, bool decays, UInt64 number, const float* gradient, Size count, float* moments,
                 Size pitch, float* parameters) {
    const double first = 1 - std::pow(adam.first, static_cast<double>(number)),
                 second = 1 - std::pow(adam.second, static_cast<double>(number));
    const auto b1 = static_cast<float>(adam.first), b2 = static_cast<float>(adam.second);
    for (Size i = 0; i < count; ++i) {
        const float g = gradient[i];
        float &m = moments[i], &v = moments[pitch + i];
        m = b1 * m + (1 - b1) * g;
        v = b2 * v + (1 - b2) * g * g;
        const double move = static_cast<double>(m) / first / (std::sqrt(static_cast<double>(v) / second) + adam.epsilon);
        parameters[i] -= static_cast<float>(rate * (move + (decays ? adam.decay * static_cast<double>(parameters[i]) : 0.0)));
    }
}

}}}  // namespace aquatint::train
