// SPDX-License-Identifier: BSL-1.0
// What a network's type says about itself, in words for the table.
#pragma once

#include "row.hpp"

#include <algorithm>
#include <aquatint/aquatint.hpp>

namespace cifar10 {

template <class Policy>
std::string width_of() {
    return std::is_same_v<Policy, Real> ? "f32" : std::to_string(Policy::bits);
}
/// "W4A8", or "float".
template <class Numbers>
std::string precision_of() {
    using Weight = typename Numbers::Weight;
    using Activation = typename Numbers::Activation;
    if (std::is_same_v<Weight, Real> && std::is_same_v<Activation, Real>) return "float";
    return "W" + width_of<Weight>() + "A" + width_of<Activation>();
}

/// As the trained files name them: a first convolution, two in each of nine blocks, a last layer.
inline std::string product_name(int position) {
    if (position == 0) return "conv1";
    if (position == 19) return "linear";
    const int in_blocks = position - 1;
    return "layer" + std::to_string(in_blocks / 6 + 1) + "." + std::to_string(in_blocks % 6 / 2) + ".conv" + std::to_string(in_blocks % 2 + 1);
}
template <class Net, int Index>
std::string step_name() {
    constexpr Step step = Net::graph.steps[Index];
    if constexpr (step.work == Work::entry) return "input";
    else if constexpr (step.work == Work::product)
        return product_name(static_cast<int>(std::count_if(Net::graph.steps, Net::graph.steps + Index, [](const Step& before) {
            return before.work == Work::product;
        })));
    else {
        const std::string versioned = AtomOf<Net, step.atom>::Layer::name;
        return versioned.substr(0, versioned.find('/'));
    }
}

/// "3x3x16 /2 -> 16x16x32": kernel and input channels, stride, output
template <class Net, int Index>
std::string step_shape() {
    constexpr Step step = Net::graph.steps[Index];
    constexpr Shape out = Net::graph.values[step.output].shape;
    std::string text;
    if constexpr (step.work == Work::product) {
        const Geometry& g = step.product.geometry;
        const Shape in = Net::graph.values[step.input()].shape;
        text = std::to_string(g.kernel_height) + "x" + std::to_string(g.kernel_width) + "x" + std::to_string(in.channels);
        if (g.stride != 1) text += " /" + std::to_string(g.stride);
        text += " -> ";
    }
    return text + std::to_string(out.height) + "x" + std::to_string(out.width) + "x" + std::to_string(out.channels);
}

template <class Net, int Index>
StepFacts step_facts() {
    constexpr Step step = Net::graph.steps[Index];
    StepFacts facts{step_name<Net, Index>(), step_shape<Net, Index>(), "", "", 0};
    if constexpr (step.work == Work::product) facts.precision = precision_of<typename AtomOf<Net, step.atom>::Numbers>();
    return facts;
}
template <class Net>
std::vector<StepFacts> all_step_facts() {
    std::vector<StepFacts> all;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() { all.push_back(step_facts<Net, static_cast<int>(Index)>()); });
    return all;
}

template <class Net>
std::string carry_of() {
    std::string carry = "none";
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        constexpr Step step = Net::graph.steps[Index];
        if constexpr (step.sum_atom != nothing) {
            using Carried = typename AtomOf<Net, step.sum_atom>::Numbers::Carried;
            carry = std::is_same_v<Carried, Real> ? "float" : width_of<Carried>() + " bit";
        }
    });
    return carry;
}

template <class Entry>
Facts facts_of() {
    using Net = typename Entry::Network;
    Facts facts;
    facts.name = Entry::name;
    for (const StepFacts& step : all_step_facts<Net>()) {
        if (step.precision.empty()) continue;
        if (facts.first.empty()) facts.first = step.precision;
        facts.last = step.precision;
        facts.kernels.emplace_back(step.name, step.family);
        facts.stored_bytes += step.stored_bytes;
    }
    facts.carry = carry_of<Net>();
    facts.needs_training = requires { Entry::needs_training; };
    facts.trained_binary = requires { Entry::trained_binary; };
    facts.parameter_bytes = sizeof(Parameters<Net>);
    facts.arena_bytes = sizeof(Arena<Net>);
    return facts;
}

}  // namespace cifar10
