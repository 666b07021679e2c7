// SPDX-License-Identifier: BSL-1.0
// describe<Net>(): the network as a table: what each step computes, in which numbers, by which family, at what cost.
#pragma once

#include <aquatint/network/cost.hpp>
#include <aquatint/report/table.hpp>

#include <cstdio>
#include <cstdlib>
#include <iterator>
#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace aquatint { inline namespace v0 {

/// A versioned name without its version: "conv" of "conv/1".
inline std::string without_version(const char* name) {
    const std::string whole = name;
    return whole.substr(0, whole.find('/'));
}
/// "28x28x3", or "128" for a vector.
inline std::string shape_text(const Shape& shape) {
    const std::string channels = std::to_string(shape.channels);
    return shape.pixels() == 1 ? channels : std::to_string(shape.height) + "x" + std::to_string(shape.width) + "x" + channels;
}
/// "3x3 /2": what a layer's type says beside its name.
inline std::string window_text(const Geometry& g) {
    std::string text;
    if (g.kernel_height * g.kernel_width > 1)
        text.append(" ").append(std::to_string(g.kernel_height)).append("x").append(std::to_string(g.kernel_width));
    if (g.stride > 1) text.append(" /").append(std::to_string(g.stride));
    if (g.dilation > 1) text.append(" dilated ").append(std::to_string(g.dilation));
    return text;
}

/// What a step computes, the layers that were fused into it after a plus: "conv 3x3 + batch_norm + sum + relu".
template <class AtomList>
struct LayerNames;
template <class... Atoms>
struct LayerNames<TypeList<Atoms...>> {
    static std::string of(const Step& step) {
        const char* const names[] = {Atoms::Layer::name...};
        if (step.work == Work::entry) return "input";
        std::string text = without_version(names[step.atom]);
        if (step.work == Work::product) {
            text += window_text(step.product.geometry);
            if (step.product.geometry.groups > 1 && text.rfind("depthwise", 0) != 0)
                text.append(" groups ").append(std::to_string(step.product.geometry.groups));
        }
        if (step.work == Work::pooling && !step.pooling.whole) text += window_text(step.pooling.geometry);
        for (const int fused : {step.affine_atom, step.sum_atom, step.activation_atom})
            if (fused != nothing && fused != step.atom) text.append(" + ").append(without_version(names[fused]));
        return text;
    }
};

inline TextTable::Row cost_row(std::string what, const PartCost& cost) {
    TextTable::Row row{what, "", "", "", "", "", grouped(cost.parameter_bytes), ""};
    if (cost.weight == nullptr) return row;
    row[2] = without_version(cost.weight) + " x " + without_version(cost.activation);
    row[4] = grouped(cost.weights);
    row[5] = grouped(cost.payload_bits);
    row[7] = grouped(cost.multiply_accumulates);
    return row;
}

/// One line a step, one a precision, one for the whole, and what lies in memory. ASCII; `colour` dims the headings.
template <class Net>
std::string description(bool colour = false) {
    constexpr auto& whole = cost<Net>;
    TextTable table({{"layer"},
                     {"output"},
                     {"weights x inputs"},
                     {"family"},
                     {"weights", true},
                     {"bits", true},
                     {"bytes", true},
                     {"multiply-adds", true}});
    for (int s = 0; s < Net::graph.step_count; ++s) {
        const Step& step = Net::graph.steps[s];
        const PartCost& part = whole.steps[s];
        TextTable::Row row = cost_row(LayerNames<typename Net::Atoms>::of(step), part);
        row[1] = shape_text(Net::graph.values[step.output].shape);
        if (step.work == Work::product) row[3] = part.family.name().c_str();
        table.add(row);
    }
    table.rule();
    for (Size i = 0; i < whole.precision_count; ++i) table.add(cost_row("all of", whole.precisions[i]));
    table.add({"network", shape_text(Net::graph.values[Net::graph.output].shape), "", "", grouped(whole.weights),
               grouped(whole.payload_bits), grouped(whole.parameter_bytes), grouped(whole.multiply_accumulates)});
    // clang-format off
    return table.text(colour)
        .append("parameters ").append(grouped(whole.parameter_bytes))
        .append(" bytes: payload ").append(grouped(whole.payload_bytes))
        .append(", cell padding ").append(grouped(whole.cell_padding))
        .append(", alignment ").append(grouped(whole.alignment))
        .append("\narena ").append(grouped(whole.arena_bytes))
        .append(" bytes; bit operations ").append(grouped(whole.bit_operations))
        .append("\n");
    // clang-format on
}

/// Whether colours are welcome: a terminal, and NO_COLOR is not set (no-color.org).
inline bool wants_colour([[maybe_unused]] std::FILE* file) {
#if defined(__unix__) || defined(__APPLE__)
    const char* refused = std::getenv("NO_COLOR");
    return isatty(fileno(file)) != 0 && (refused == nullptr || *refused == '\0');
#else
    return false;
#endif
}

/// Prints the description.
template <class Net>
void describe(std::FILE* file = stdout) {
    std::fputs(description<Net>(wants_colour(file)).c_str(), file);
}

}}  // namespace aquatint::v0
