// SPDX-License-Identifier: BSL-1.0
// What must hold for every network: all processors, every arena and the plain evaluation give the same bits, and something flows
// through every tensor.
#pragma once

#include "../support/plain_evaluation.hpp"
#include "../support/random_parameters.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace laws {

using namespace aquatint;

/// Where the forms of a network lie in an arena.
template <class Net>
std::vector<const void*> tensors_of(Arena<Net>& arena) {
    std::vector<const void*> tensors;
    for_each_index(FormIndices<Net>{}, [&]<Size Form>() { tensors.push_back(arena.template tensor<static_cast<int>(Form)>()); });
    return tensors;
}
/// The same bits.
inline bool holds(const void* tensor, bool codes, const std::vector<float>& elements) {
    if (codes) return std::equal(elements.begin(), elements.end(), static_cast<const Byte*>(tensor));
    return std::memcmp(elements.data(), tensor, elements.size() * sizeof(float)) == 0;
}

/// The first form that a step of infer writes otherwise than the plain evaluation, ring included, in an arena full of `poison`.
template <class Arch, class Net>
int first_difference(const Parameters<Net>& parameters, const InputElement<Net>* input, const plain::Evaluation& expected,
                     int poison = 0xaa) {
    const auto arena = std::make_unique<Arena<Net>>();
    std::memset(static_cast<void*>(arena.get()), poison, sizeof *arena);
    const std::vector<const void*> tensors = tensors_of(*arena);
    const Evaluator<Net, Arch> evaluator{parameters, *arena};
    int difference = nothing;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        evaluator.template run_step<static_cast<int>(Index)>(input);
        for (Size f = 0; f < tensors.size() && difference == nothing; ++f) {
            const auto& form = Net::graph.forms[f];
            if (form.value == Net::graph.steps[Index].output && !holds(tensors[f], form.codes, expected.with_ring(f)))
                difference = static_cast<int>(f);
        }
    });
    return difference;
}

/// Weights of policies that may have a negative scale get one in every other channel.
template <class Net>
void turn_scales(Parameters<Net>& parameters) {
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        auto& own = step_of<static_cast<int>(Index)>(parameters);
        if constexpr (requires { own.levels[0].scale; }) {
            using Weight = typename StepParameters<Net, static_cast<int>(Index)>::WeightPolicy;
            for (Size output = 1; output < sizeof own.levels / sizeof own.levels[0]; output += 2) {
                own.levels[output].scale = -own.levels[output].scale;
                if (!valid_levels<Weight>(own.levels[output])) own.levels[output].scale = -own.levels[output].scale;
            }
        }
    });
}

template <class Net>
void all_agree(const char* name) {
    INFO(doctest::String(name));
    const auto parameters = std::make_unique<Parameters<Net>>();
    std::vector<bool> lively(static_cast<Size>(Net::graph.form_count));
    for (UInt64 seed = 1; seed <= 4; ++seed) {
        support::random_parameters(*parameters, seed);
        if (seed % 2 == 0) turn_scales(*parameters);
        const support::RandomInput<Net> input(seed);
        const plain::Model model = plain::unpack(*parameters);
        plain::Evaluation evaluation(model);
        evaluation.run(input.elements);
        for (Size form = 0; form < lively.size(); ++form) lively[form] = lively[form] || evaluation.lively(form);
        CHECK(first_difference<Scalar>(*parameters, input.elements, evaluation) == nothing);
        CHECK(first_difference<Native>(*parameters, input.elements, evaluation) == nothing);
        CHECK(first_difference<Native>(*parameters, input.elements, evaluation, 0xff) == nothing);   // NaN, and the highest codes
    }
    const Size dull_form = static_cast<Size>(std::find(lively.begin(), lively.end(), false) - lively.begin());
    CHECK(dull_form == lively.size());
}

}  // namespace laws
