// SPDX-License-Identifier: BSL-1.0
// What a network's type says about itself, in words for the table.
#pragma once

#include "row.hpp"

#include <algorithm>
#include <aquatint/aquatint.hpp>
#include <aquatint/network/cost.hpp>

namespace cifar10 {

/// "W4A8", or "float".
inline std::string precision_of(const PartCost& part) {
    const auto width = [](unsigned bits) { return bits == Real::bits ? std::string("f32") : std::to_string(bits); };
    if (part.weight_bits == Real::bits && part.activation_bits == Real::bits) return "float";
    return std::string("W").append(width(part.weight_bits)).append("A").append(width(part.activation_bits));
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
        const PartCost& part = cost<Net>.steps[s];
        const bool product = step.work == Work::product;
        const int input = step.work == Work::entry ? step.output : step.input();
        const std::string versioned = schema<Net>.steps[s].layer;
        all.push_back({product ? product_name(products++) : versioned.substr(0, versioned.find('/')),
                       shape_of(step, graph.values[input].shape, graph.values[step.output].shape), product ? precision_of(part) : "",
                       product ? part.family.name().c_str() : "", part.payload_bytes});
    }
    return all;
}

template <class Net>
std::string carry_of() {
    std::string carry = "none";
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        constexpr Step step = Net::graph.steps[Index];
        if constexpr (step.sum_atom != nothing) {
            using Carried = typename AtomOf<Net, step.sum_atom>::Numbers::Carried;
            carry = std::is_same_v<Carried, Real> ? "float" : std::to_string(Carried::bits).append(" bit");
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
    }
    facts.carry = carry_of<Net>();
    facts.needs_training = requires { Entry::needs_training; };
    facts.trained_binary = requires { Entry::trained_binary; };
    facts.stored_bytes = cost<Net>.payload_bytes;
    facts.parameter_bytes = cost<Net>.parameter_bytes;
    facts.arena_bytes = cost<Net>.arena_bytes;
    return facts;
}

}  // namespace cifar10
