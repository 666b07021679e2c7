// SPDX-License-Identifier: BSL-1.0
// One thread's use of one network: whole, by the scalar reference, and step by step.
#pragma once

#include "clock.hpp"
#include "row.hpp"

#include <aquatint/aquatint.hpp>

namespace cifar10 {

/// The form in which the next layer reads what a step writes.
template <class Net>
constexpr int form_after(int index) {
    constexpr auto& graph = Net::graph;
    const int value = graph.steps[index].output;
    for (int reader = index + 1; reader < graph.step_count; ++reader) {
        const int form = graph.steps[reader].input_form;
        if (form != nothing && graph.forms[form].value == value) return form;
    }
    for (int form = 0; form < graph.form_count; ++form)
        if (graph.forms[form].value == value) return form;
    return nothing;
}

/// A tensor in memory and what its elements mean.
struct TensorInArena {
    const Byte* codes = nullptr;    ///< level = scale * (code - zero) + offset ...
    const float* reals = nullptr;   ///< ... or the level itself
    Extent extent;
    float scale = 1, offset = 0;
    Int32 zero = 0;

    std::vector<float> values() const {
        std::vector<float> all;
        all.reserve(extent.shape.elements());
        for (Size row = 0; row < extent.shape.height; ++row)
            for (Size i = 0; i < extent.shape.width * extent.shape.channels; ++i) {
                const Size at = extent.at(row, 0) + i;
                all.push_back(reals != nullptr ? reals[at] : scale * static_cast<float>(codes[at] - zero) + offset);
            }
        return all;
    }
};
template <int Form, class Net>
TensorInArena find_tensor(const Parameters<Net>& parameters, Arena<Net>& arena) {
    constexpr auto form = Net::graph.forms[Form];
    TensorInArena tensor;
    tensor.extent = Net::graph.extent(form);
    if constexpr (form.codes) {
        const auto& levels = levels_of<Form>(parameters);
        tensor.codes = arena.template tensor<Form>();
        tensor.scale = levels.scale;
        tensor.zero = ByteLevels<FormPolicy<Net, Form>>::zero(levels);
        if constexpr (SignReading<FormPolicy<Net, Form>>) tensor.offset = levels.offset;
    } else {
        tensor.reals = arena.template tensor<Form>();
    }
    return tensor;
}

template <class Net>
class RunnerOf : public Runner {
public:
    explicit RunnerOf(const Parameters<Net>& shared) : parameters(shared), arena(new Arena<Net>) {}

    Logits run(const Byte* picture) override { return logits(infer_on<Native>(parameters, *arena, picture)); }
    Logits run_scalar(const Byte* picture) override { return logits(infer_on<Scalar>(parameters, *arena, picture)); }

    std::vector<std::vector<float>> step_values(const Byte* picture) override {
        std::vector<std::vector<float>> values;
        for (const StepRoutines& step : steps) {
            step.run(parameters, *arena, picture);
            values.push_back(step.written(parameters, *arena).values());
        }
        return values;
    }
    std::vector<double> step_microseconds(const Byte* picture) override {
        std::vector<double> times;
        for (const StepRoutines& step : steps)
            times.push_back(median_microseconds([&] { step.run(parameters, *arena, picture); }));
        return times;
    }

private:
    struct StepRoutines {
        void (*run)(const Parameters<Net>&, Arena<Net>&, const Byte* picture);
        TensorInArena (*written)(const Parameters<Net>&, Arena<Net>&);
    };
    template <int Index>
    static void run_step(const Parameters<Net>& parameters, Arena<Net>& arena, const Byte* picture) {
        Evaluator<Net, Native>{parameters, arena}.template run_step<Index>(picture);
    }
    static std::vector<StepRoutines> make_steps() {
        std::vector<StepRoutines> all;
        for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
            constexpr int index = static_cast<int>(Index);
            all.push_back({run_step<index>, find_tensor<form_after<Net>(index), Net>});
        });
        return all;
    }

    const Parameters<Net>& parameters;
    std::unique_ptr<Arena<Net>> arena;
    std::vector<StepRoutines> steps = make_steps();

    static Logits logits(VectorView<const float> outputs) {
        Logits copy{};
        std::copy(outputs.begin(), outputs.end(), copy.begin());
        return copy;
    }
};

}  // namespace cifar10
