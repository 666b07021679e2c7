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
    return std::string("W").append(width_of<Weight>()).append("A").append(width_of<Activation>());
}

/// As the trained files name them: a first convolution, two in each of nine blocks, a last layer.
inline std::string product_name(int position) {
    if (position == 0) return "conv1";
    if (position == 19) return "linear";
    const int in_blocks = position - 1;
    std::string name = "layer0.0.conv0";
    name[5] = static_cast<char>('1' + in_blocks / 6);
    name[7] = static_cast<char>('0' + in_blocks % 6 / 2);
    name[13] = static_cast<char>('1' + in_blocks % 2);
    return name;
}
inline std::string sizes(std::initializer_list<Size> extents) {
    std::string text;
    for (const Size extent : extents) text.append(text.empty() ? "" : "x").append(std::to_string(extent));
    return text;
}
/// "3x3x16 /2 -> 16x16x32": kernel and input channels, stride, output.
inline std::string shape_of(const Step& step, const Shape& in, const Shape& out) {
    std::string text;
    if (step.work == Work::product) {
        const Geometry& g = step.product.geometry;
        text = sizes({g.kernel_height, g.kernel_width, in.channels});
        if (g.stride != 1) text.append(" /").append(std::to_string(g.stride));
        text += " -> ";
    }
    return text.append(sizes({out.height, out.width, out.channels}));
}

template <class Net>
std::vector<StepFacts> steps_of() {
    constexpr auto& graph = Net::graph;
    std::vector<StepFacts> all;
    int products = 0;
    for (int s = 0; s < graph.step_count; ++s) {
        const Step& step = graph.steps[s];
        StepFacts facts;
        if (step.work == Work::product) facts.name = product_name(products++);
        else facts.name = schema<Net>.steps[s].layer;
        const int input = step.work == Work::entry ? step.output : step.input();
        facts.shape = shape_of(step, graph.values[input].shape, graph.values[step.output].shape);
        all.push_back(facts);
    }
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        constexpr Step step = graph.steps[Index];
        if constexpr (step.work == Work::product) all[Index].precision = precision_of<typename AtomOf<Net, step.atom>::Numbers>();
    });
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
    for (const StepFacts& step : steps_of<Net>()) {
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
