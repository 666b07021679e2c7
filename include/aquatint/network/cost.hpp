// SPDX-License-Identifier: BSL-1.0
// cost<Net>: what a network costs in memory and in work, as compile-time constants, in total, by step and by precision.
#pragma once

#include <aquatint/kernel/family.hpp>
#include <aquatint/network/arena.hpp>
#include <aquatint/network/layout.hpp>

namespace aquatint { inline namespace v0 {

/// `payload_bytes` is what has to be stored: the bits of every tensor of codes, rounded up to bytes, and the levels, biases,
/// slopes and affine numbers. `parameter_bytes` is what lies in memory, for the whole network sizeof(Parameters<Net>):
///
///     payload + cell padding (absent inputs and outputs of the packed order) + alignment (a product ends at a multiple of 64)
struct ParameterCost {
    UInt64 payload_bits = 0;   ///< before tensors are rounded up to bytes
    Size payload_bytes = 0;
    Size cell_padding = 0;
    Size alignment = 0;
    Size parameter_bytes = 0;
};

/// `bit_operations` are the bits of a weight times the bits of an input times the multiply-accumulates; a Real has 32 bits.
struct WorkCost {
    Size weights = 0;
    UInt64 multiply_accumulates = 0;
    UInt64 bit_operations = 0;
};

/// A part of a network: a step (a layer, with what was fused into it; levels of activations count with the step that writes
/// them), or all products of one precision.
struct PartCost : ParameterCost, WorkCost {
    const char* weight = nullptr;       ///< name of the policy of the weights; nullptr where the step is no product
    const char* activation = nullptr;   ///< name of the policy by which a product reads its input
    unsigned weight_bits = 0, activation_bits = 0;
    Family family;   ///< of a step that is a product

    constexpr void add(const ParameterCost& other) {
        payload_bits += other.payload_bits;
        payload_bytes += other.payload_bytes;
        cell_padding += other.cell_padding;
        alignment += other.alignment;
        parameter_bytes += other.parameter_bytes;
    }
    constexpr void add(const PartCost& other) {
        add(static_cast<const ParameterCost&>(other));
        weights += other.weights;
        multiply_accumulates += other.multiply_accumulates;
        bit_operations += other.bit_operations;
    }
    constexpr bool same_precision(const PartCost& other) const {
        return equal(weight, other.weight) && equal(activation, other.activation);
    }

private:
    static constexpr bool equal(const char* a, const char* b) {
        while (*a == *b && *a != '\0') ++a, ++b;
        return *a == *b;
    }
};

/// The whole is the sum of its steps.
template <Size Steps>
struct Cost : PartCost {
    Size arena_bytes = 0;   ///< sizeof(Arena<Net>)
    PartCost steps[Steps]{};
    PartCost precisions[Steps]{};   ///< of all products, in the order of their first one
    Size precision_count = 0;

    constexpr void sum_up() {
        for (const PartCost& step : steps) {
            add(step);
            if (step.weight_bits != 0)
                precision_of(step).add(step);   // GCC compares no pointers to literals here under its sanitizers
        }
    }

private:
    constexpr PartCost& precision_of(const PartCost& step) {
        for (Size i = 0; i < precision_count; ++i)
            if (precisions[i].same_precision(step)) return precisions[i];
        PartCost& precision = precisions[precision_count++];
        precision.weight = step.weight;
        precision.activation = step.activation;
        precision.weight_bits = step.weight_bits;
        precision.activation_bits = step.activation_bits;
        return precision;
    }
};

template <class Net, int Index>
constexpr PartCost product_cost() {
    PartCost cost;
    constexpr Step step = Net::graph.steps[Index];
    if constexpr (step.work == Work::product) {
        using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
        using InputReader = FormPolicy<Net, step.input_form>;
        constexpr ProductPlan plan = Net::graph.plan(step);
        cost.weight = Weight::name;
        cost.activation = InputReader::name;
        cost.weight_bits = Weight::bits;
        cost.activation_bits = InputReader::bits;
        cost.family = family_of<Weight, InputReader>(plan, Net::graph.forms[step.input_form].codes, step.offset);
        cost.weights = plan.weights();
        cost.multiply_accumulates = plan.multiplications();
        cost.bit_operations = cost.multiply_accumulates * Weight::bits * InputReader::bits;
    }
    return cost;
}
/// A section of the parameters, and what lies between it and the next one.
template <class Net>
constexpr ParameterCost section_cost(Size index, const PartCost& owner) {
    const Section& section = layout<Net>.sections[index];
    const bool last = index + 1 == layout<Net>.count;
    const Size next = last ? sizeof(Parameters<Net>) : layout<Net>.sections[index + 1].offset;
    ParameterCost cost{UInt64(8) * section.bytes, section.bytes, 0, next - section.end(), next - section.offset};
    if (section.content != Content::weights) return cost;
    cost.payload_bits = UInt64(owner.weights) * owner.weight_bits;
    cost.payload_bytes = static_cast<Size>((cost.payload_bits + 7) / 8);
    cost.cell_padding = section.bytes - cost.payload_bytes;
    return cost;
}

template <class Net>
constexpr auto find_cost() {
    constexpr auto& graph = Net::graph;
    Cost<static_cast<Size>(most(graph.step_count, 1))> cost;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() { cost.steps[Index] = product_cost<Net, static_cast<int>(Index)>(); });
    for (Size i = 0; i < layout<Net>.count; ++i) {
        const Section& section = layout<Net>.sections[i];
        const bool form = section.content == Content::form_levels;
        const Size step = static_cast<Size>(form ? graph.values[graph.forms[section.owner].value].writer : section.owner);
        cost.steps[step].add(section_cost<Net>(i, cost.steps[step]));
    }
    cost.sum_up();
    cost.alignment += sizeof(Parameters<Net>) - cost.parameter_bytes;   // where there are none, a struct has a byte
    cost.parameter_bytes = sizeof(Parameters<Net>);
    cost.arena_bytes = sizeof(Arena<Net>);
    return cost;
}

/// static_assert(cost<Digits>.parameter_bytes < 62'000);
template <class Net>
inline constexpr auto cost = find_cost<Net>();

}}  // namespace aquatint::v0
