// SPDX-License-Identifier: BSL-1.0
// What a network's type says about itself, for the table.
#pragma once

#include "row.hpp"

#include <aquatint/aquatint.hpp>
#include <aquatint/network/cost.hpp>
#include <aquatint/network/schema.hpp>

namespace cifar10 {

/// The steps of a network as the compiler knows them.
struct StepTables {
    const Step* steps;
    const StepSchema* names;
    const PartCost* costs;
    int count;
};
/// In words.
std::vector<StepFacts> describe_steps(const StepTables& tables);
/// Names, bytes and kernels; `carry_bits` of the numbers on the residual sums.
Facts describe(const StepTables& tables, unsigned carry_bits);

template <class Net>
constexpr StepTables tables_of() {
    return {Net::graph.steps, schema<Net>.steps, cost<Net>.steps, Net::graph.step_count};
}

template <class Net>
constexpr unsigned carry_bits_of() {
    unsigned bits = 0;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        constexpr int sum = Net::graph.steps[Index].sum_atom;
        if constexpr (sum != nothing) bits = AtomOf<Net, sum>::Numbers::Carried::bits;
    });
    return bits;
}

template <class Entry>
Facts facts_of() {
    using Net = typename Entry::Network;
    Facts facts = describe(tables_of<Net>(), carry_bits_of<Net>());
    facts.name = Entry::name;
    facts.needs_training = requires { Entry::needs_training; };
    facts.trained_binary = requires { Entry::trained_binary; };
    facts.parameter_bytes = cost<Net>.parameter_bytes;
    facts.arena_bytes = cost<Net>.arena_bytes;
    return facts;
}

}  // namespace cifar10
