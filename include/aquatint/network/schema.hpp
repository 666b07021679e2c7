// SPDX-License-Identifier: BSL-1.0
// schema<Net>: the names, shapes and number systems of a network as its type says, and a fingerprint of them.
#pragma once

#include <aquatint/base/hash.hpp>
#include <aquatint/network/layout.hpp>
#include <bit>

namespace aquatint { inline namespace v0 {

/// One step by the names of its parts, with their versions; "" where it has no such part.
struct StepSchema {
    const char* layer = "input";   ///< as in "conv/1"
    const char* affine = "";       ///< a fused BatchNorm
    const char* sum = "";          ///< a fused end of a residual branch
    const char* activation = "";
    const char* weights = "";   ///< the policy of the weights
    Shape input, output;
    Size parameter_bytes = 0;   ///< alignment included
};

/// One tensor between steps, in the numbers that its readers want.
struct FormSchema {
    const char* policy = "";
    int writer = nothing;   ///< the step that computes it
    bool codes = false;     ///< bytes; else floats
    bool carried = false;   ///< what flows on a sum, not what a layer reads
    Size level_bytes = 0;   ///< 0 where the levels belong to another form, or there are none
};

template <Size Steps, Size Forms>
struct Schema {
    Shape input;
    const char* input_policy = "";
    StepSchema steps[Steps]{};
    FormSchema forms[Forms]{};
    UInt64 hash = 0;
};

/// Adds what decides the meaning of parameters; layers and policies take part by name, and where a tensor lies in the arena does
/// not. Every member is bound to a name here, used or not, so that a new one cannot be forgotten.
struct SchemaHash {
    Hash hash;

    constexpr void add_number(int number) { hash.add(static_cast<UInt64>(static_cast<Int64>(number))); }
    constexpr void add_real(float number) { hash.add(std::bit_cast<UInt32>(number)); }
    constexpr void add(const Shape& shape) {
        const auto& [height, width, channels] = shape;
        hash.add(height).add(width).add(channels);
    }
    constexpr void add(const Geometry& geometry) {
        const auto& [kernel_height, kernel_width, stride, dilation, groups, padding_height, padding_width, padding_said] =
            geometry;
        hash.add(kernel_height).add(kernel_width).add(stride).add(dilation).add(groups).add(padding_height).add(padding_width);
    }
    constexpr void add(const Product& product) {
        const auto& [geometry, outputs, reads_vector] = product;
        add(geometry);
        hash.add(outputs);
    }
    constexpr void add(const Pooling& pooling) {
        const auto& [geometry, average, whole] = pooling;
        add(geometry);
        hash.add(average);
    }
    constexpr void add(const Pointwise& pointwise) {
        const auto& [affine, positive_slope, negative_slope, fixed_negative_slope, low, high] = pointwise;
        hash.add(affine).add(positive_slope).add(negative_slope);
        add_real(fixed_negative_slope);
        add_real(low);
        add_real(high);
    }
    constexpr void add(const Step& step, const StepSchema& names) {
        const auto& [work, atom, affine_atom, sum_atom, activation_atom, inputs, input_count, output, shortcut, shortcut_stride,
                     shortcut_channel, product, pooling, pointwise, offset, input_form, shortcut_form] = step;
        const auto& [layer, affine, sum, activation, weights, input_shape, output_shape, parameter_bytes] = names;
        add_number(static_cast<int>(work));
        hash.add_text(layer).add_text(affine).add_text(sum).add_text(activation).add_text(weights);
        for (Size i = 0; i < input_count; ++i) add_number(inputs[i]);
        add_number(output);
        add_number(shortcut);
        hash.add(shortcut_stride).add(shortcut_channel).add(offset);
        add(product);
        add(pooling);
        add(pointwise);
        add_number(input_form);
        add_number(shortcut_form);
        add(input_shape);
        add(output_shape);
    }
    constexpr void add(const Form& form, const FormSchema& names) {
        const auto& [value, identity, atom, carried_atom, in_codes, linear, flat, raw, halo, levels, born, dies, offset] = form;
        const auto& [policy, writer, codes, carried, level_bytes] = names;
        add_number(value);
        hash.add_text(policy).add(codes).add(raw);
        add_number(levels);
    }
    constexpr void add(const Section& section) {
        const auto& [content, owner, offset, bytes] = section;
        add_number(static_cast<int>(content));
        add_number(owner);
        hash.add(offset).add(bytes);
    }
};

template <class Net, int Atom>
constexpr const char* layer_name() {
    if constexpr (Atom == nothing) return "";
    else return AtomOf<Net, Atom>::Layer::name;
}
template <class Net, int Index>
constexpr StepSchema step_schema() {
    constexpr Step step = Net::graph.steps[Index];
    StepSchema names;
    if constexpr (step.atom != nothing) names.layer = layer_name<Net, step.atom>();
    names.affine = layer_name<Net, step.affine_atom>();
    names.sum = layer_name<Net, step.sum_atom>();
    names.activation = layer_name<Net, step.activation_atom>();
    if constexpr (step.work == Work::product) names.weights = AtomOf<Net, step.atom>::Numbers::Weight::name;
    names.input = Net::graph.values[step.input_count == 0 ? 0 : step.input()].shape;
    names.output = Net::graph.values[step.output].shape;
    using Own = StepParameters<Net, Index>;
    names.parameter_bytes = std::is_empty_v<Own> ? 0 : sizeof(Own);
    return names;
}
template <class Net, int Index>
constexpr FormSchema form_schema() {
    constexpr Form form = Net::graph.forms[Index];
    using Levels = FormLevels<Net, Index>;
    return {FormPolicy<Net, Index>::name, Net::graph.values[form.value].writer, form.codes, form.carried,
            std::is_empty_v<Levels> ? 0 : sizeof(Levels)};
}

template <class Net>
constexpr auto make_schema() {
    constexpr auto& graph = Net::graph;
    Schema<static_cast<Size>(graph.step_count), static_cast<Size>(graph.form_count)> made;
    made.input = Net::input_shape;
    made.input_policy = Net::InputNumbers::name;
    SchemaHash sum;
    sum.hash.add_text("parameters/1");   // raised whenever the order of codes or sections in memory changes
    sum.add(made.input);
    sum.hash.add_text(made.input_policy);
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        made.steps[Index] = step_schema<Net, static_cast<int>(Index)>();
        sum.add(graph.steps[Index], made.steps[Index]);
    });
    for_each_index(FormIndices<Net>{}, [&]<Size Index>() {
        made.forms[Index] = form_schema<Net, static_cast<int>(Index)>();
        sum.add(graph.forms[Index], made.forms[Index]);
    });
    sum.add_number(graph.result);
    for (Size i = 0; i < layout<Net>.count; ++i) sum.add(layout<Net>.sections[i]);
    sum.hash.add(sizeof(Parameters<Net>));
    made.hash = sum.hash.state;
    return made;
}

/// What the network is, from its type alone. `hash` differs wherever parameters of one network would be wrong for the other:
/// another shape, geometry, policy, version of a layer, order of steps. It is the same where only blocks and aliases are written
/// differently.
template <class Net>
inline constexpr auto schema = make_schema<Net>();

}}  // namespace aquatint::v0
