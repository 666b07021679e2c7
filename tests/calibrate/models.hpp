// SPDX-License-Identifier: BSL-1.0
// Float models and sample inputs for the tests of calibration: pseudo-random, of plausible size, the same on every machine.
#pragma once

#include <aquatint/calibrate.hpp>

#include <cmath>
#include <memory>
#include <random>

namespace calibration {

using namespace aquatint;

/// Weights of He's size, a BatchNorm that nearly keeps its input, slopes between 0 and 1.
template <class Net>
FloatModel random_model(unsigned seed) {
    std::mt19937 engine(seed);
    std::normal_distribution<float> normal;
    const auto vector = [&](Size count, float mean, float deviation) {
        std::vector<float> values(count);
        for (float& value : values) value = mean + deviation * normal(engine);
        return values;
    };
    FloatModel model;
    const std::vector<int> layers = layer_of_atom(typename Net::Atoms{});
    model.layers.resize(count_layers(typename Net::Atoms{}));
    const auto layer = [&](int atom) -> FloatLayer& { return model.layers[static_cast<Size>(layers[static_cast<Size>(atom)])]; };
    for (int s = 0; s < Net::graph.step_count; ++s) {
        const Step& step = Net::graph.steps[s];
        const Size channels = Net::graph.values[step.output].shape.channels;
        if (step.work == Work::product) {
            const ProductPlan plan = Net::graph.plan(step);
            layer(step.atom).weight = vector(plan.weights(), 0, std::sqrt(2.0f / static_cast<float>(plan.segments().inputs())));
            layer(step.atom).bias = vector(channels, 0, 0.1f);
        }
        if (step.affine_atom != nothing) {
            FloatLayer& norm = layer(step.affine_atom);
            norm.gamma = vector(channels, 1, 0.2f);
            norm.beta = vector(channels, 0, 0.2f);
            norm.mean = vector(channels, 0, 0.2f);
            norm.variance.assign(channels, 1.1f);
        }
        if (step.pointwise.positive_slope) layer(step.activation_atom).positive = vector(channels, 1, 0.1f);
        if (step.pointwise.negative_slope) layer(step.activation_atom).negative = vector(channels, 0.25f, 0.1f);
    }
    return model;
}

/// [count][elements] bytes: smooth waves and noise.
template <class Net>
std::vector<Byte> random_inputs(Size count, unsigned seed) {
    std::mt19937 engine(seed);
    std::vector<Byte> bytes(count * Net::input_shape.elements());
    for (Size i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<Byte>(128 + 80 * std::sin(static_cast<double>(i) * 0.05 + static_cast<double>(i / 97)) +
                                     static_cast<double>(engine() % 40));
    return bytes;
}

inline const Normalization three_colours{{0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f}};

}  // namespace calibration
