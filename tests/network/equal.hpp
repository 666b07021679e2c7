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

inline std::vector<UInt32> bits_of(VectorView<const float> numbers) {
    std::vector<UInt32> bits(numbers.size);
    std::memcpy(bits.data(), numbers.data, numbers.size * sizeof(float));
    return bits;
}

/// The output on one processor, from an arena full of `poison`.
template <class Arch, class Net>
std::vector<UInt32> infer_poisoned(const Parameters<Net>& parameters, const InputElement<Net>* input, int poison) {
    const auto arena = std::make_unique<Arena<Net>>();
    std::memset(static_cast<void*>(arena.get()), poison, sizeof *arena);
    return bits_of(infer_on<Arch>(parameters, *arena, input));
}

/// The first form that a step of infer writes otherwise than the plain evaluation, ring included.
template <class Arch, class Net>
int first_difference(const Parameters<Net>& parameters, const InputElement<Net>* input, const plain::Evaluation& expected) {
    const auto arena = std::make_unique<Arena<Net>>();
    std::memset(static_cast<void*>(arena.get()), 0xaa, sizeof *arena);
    const Evaluator<Net, Arch> evaluator{parameters, *arena};
    int difference = nothing;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        evaluator.template run_step<static_cast<int>(Index)>(input);
        for_each_index(FormIndices<Net>{}, [&]<Size Form>() {
            if (Net::graph.forms[Form].value != Net::graph.steps[Index].output || difference != nothing) return;
            const auto* tensor = arena->template tensor<static_cast<int>(Form)>();
            const std::vector<float> elements = expected.with_ring(Form);
            if (!std::equal(elements.begin(), elements.end(), tensor)) difference = static_cast<int>(Form);
        });
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
        const std::vector<float> plainly = evaluation.run(input.elements);
        for (Size form = 0; form < lively.size(); ++form) lively[form] = lively[form] || evaluation.lively(form);
        const std::vector<UInt32> expected = bits_of({plainly.data(), plainly.size()});
        CHECK(first_difference<Scalar>(*parameters, input.elements, evaluation) == nothing);
        CHECK(first_difference<Native>(*parameters, input.elements, evaluation) == nothing);
        CHECK((infer_poisoned<Scalar>(*parameters, input.elements, 0x00) == expected));
        CHECK((infer_poisoned<Native>(*parameters, input.elements, 0xaa) == expected));
        CHECK((infer_poisoned<Native>(*parameters, input.elements, 0xff) == expected));   // all reals NaN, all codes highest
    }
    const Size dull_form = static_cast<Size>(std::find(lively.begin(), lively.end(), false) - lively.begin());
    CHECK(dull_form == lively.size());
}

}  // namespace laws
