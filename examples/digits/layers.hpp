// SPDX-License-Identifier: BSL-1.0
// What is seen of a trained network layer by layer: sizes, weights, and the levels that they are rounded to.
#pragma once

#include <algorithm>
#include <aquatint/report/describe.hpp>
#include <aquatint/train/model.hpp>
#include <cmath>

namespace digits {

using aquatint::Size;

/// Weights and levels of a channel are given in parts of its outermost level (its largest weight, where there are no levels).
struct LayerView {
    std::string name, policy;   ///< as in "conv 3x3 /2 + batch_norm + relu", "learned_basis2"
    Size float_bytes = 0, bytes = 0;
    std::vector<float> weights;
    std::vector<std::vector<float>> levels;   ///< [outputs], ascending; empty where weights are real
};

/// The steps of a network that are products.
template <class Net>
std::vector<Size> products_of() {
    std::vector<Size> steps;
    for (int s = 0; s < Net::graph.step_count; ++s)
        if (Net::graph.steps[s].work == aquatint::Work::product) steps.push_back(static_cast<Size>(s));
    return steps;
}

inline void view_channel(const aquatint::train::AnyModel& model, Size step, Size output, LayerView& view) {
    const aquatint::VectorView<const float> weights = model.weights(step, output);
    std::vector<float> levels = model.weight_levels(step, output);
    float outermost = 0;
    for (const float number : levels) outermost = std::max(outermost, std::fabs(number));
    if (levels.empty())
        for (const float number : weights) outermost = std::max(outermost, std::fabs(number));
    if (!(outermost > 0)) return;
    for (const float number : weights) view.weights.push_back(number / outermost);
    for (float& level : levels) level /= outermost;
    if (!levels.empty()) view.levels.push_back(std::move(levels));
}

/// Of every product, in order.
template <class Net>
std::vector<LayerView> view_layers(const aquatint::train::Model<Net>& model) {
    using namespace aquatint;
    using Float = FullPrecision<Net>;
    const std::vector<Size> steps = products_of<Net>(), float_steps = products_of<Float>();
    std::vector<LayerView> layers;
    for (Size i = 0; i < steps.size(); ++i) {
        const PartCost& part = cost<Net>.steps[steps[i]];
        const Step& step = Net::graph.steps[steps[i]];
        LayerView view;
        view.name = LayerNames<typename Net::Atoms>::of(step);
        view.policy = without_version(part.weight);
        view.bytes = part.payload_bytes;
        view.float_bytes = cost<Float>.steps[float_steps[i]].payload_bytes;
        for (Size output = 0; output < step.product.outputs; ++output) view_channel(model, steps[i], output, view);
        layers.push_back(std::move(view));
    }
    return layers;
}

}  // namespace digits
