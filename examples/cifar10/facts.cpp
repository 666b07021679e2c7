// SPDX-License-Identifier: BSL-1.0
// What a network's type says about itself, in words.
#include "facts.hpp"

namespace cifar10 {

namespace {

/// "W4A8", or "float".
std::string precision_of(const PartCost& part) {
    const auto width = [](unsigned bits) { return bits == Real::bits ? std::string("f32") : std::to_string(bits); };
    if (part.weight_bits == Real::bits && part.activation_bits == Real::bits) return "float";
    return std::string("W").append(width(part.weight_bits)).append("A").append(width(part.activation_bits));
}

/// As the trained files name them: a first convolution, two in each of nine blocks, a last layer.
std::string product_name(int position) {
    if (position == 0) return "conv1";
    if (position == 19) return "linear";
    const int in_blocks = position - 1;
    std::string name = "layer0.0.conv0";
    name[5] = static_cast<char>('1' + in_blocks / 6);
    name[7] = static_cast<char>('0' + in_blocks % 6 / 2);
    name[13] = static_cast<char>('1' + in_blocks % 2);
    return name;
}

std::string sizes(std::initializer_list<Size> extents) {
    std::string text;
    for (const Size extent : extents) text.append(text.empty() ? "" : "x").append(std::to_string(extent));
    return text;
}
/// "3x3x16 /2 -> 16x16x32": kernel and input channels, stride, output.
std::string shape_of(const Step& step, const StepSchema& names) {
    std::string text;
    if (step.work == Work::product) {
        const Geometry& g = step.product.geometry;
        text = sizes({g.kernel_height, g.kernel_width, names.input.channels});
        if (g.stride != 1) text.append(" /").append(std::to_string(g.stride));
        text += " -> ";
    }
    return text.append(sizes({names.output.height, names.output.width, names.output.channels}));
}

}  // namespace

std::vector<StepFacts> describe_steps(const StepTables& tables) {
    std::vector<StepFacts> all;
    int products = 0;
    for (int i = 0; i < tables.count; ++i) {
        const PartCost& part = tables.costs[i];
        const std::string versioned = tables.names[i].layer;
        StepFacts& facts = all.emplace_back();
        facts.name = versioned.substr(0, versioned.find('/'));
        facts.shape = shape_of(tables.steps[i], tables.names[i]);
        facts.stored_bytes = part.payload_bytes;
        if (tables.steps[i].work != Work::product) continue;
        facts.name = product_name(products++);
        facts.precision = precision_of(part);
        facts.family = part.family.name().c_str();
    }
    return all;
}

Facts describe(const StepTables& tables, unsigned carry_bits) {
    Facts facts;
    for (const StepFacts& step : describe_steps(tables)) {
        facts.stored_bytes += step.stored_bytes;
        if (step.precision.empty()) continue;
        if (facts.first.empty()) facts.first = step.precision;
        facts.last = step.precision;
        facts.kernels.emplace_back(step.name, step.family);
    }
    facts.carry = carry_bits == Real::bits ? "float" : std::to_string(carry_bits).append(" bit");
    return facts;
}

}  // namespace cifar10
