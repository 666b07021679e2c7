// SPDX-License-Identifier: BSL-1.0
// A network type as values at run time: its graph, and a rule for each quantizer. One trainer,
// compiled once, serves every network.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <aquatint/calibrate/write_parameters.hpp>
#include <aquatint/train/quantizer_training.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// The levels of an output channel's weights, after what a training does to them before (`Training::prepare`, as DoReFa's
/// hyperbolic tangent). Weights that it holds have the code of that moment.
template <Policy Reader, class Training>
void round_weights(VectorView<const float> weights, const typename Reader::Levels& levels, [[maybe_unused]] const float* state,
                   float* rounded) {
    std::vector<float> prepared;
    if constexpr (requires { Training::prepare(weights, levels); }) {
        prepared = Training::prepare(weights, levels);
        weights = {prepared.data(), prepared.size()};
    }
    for (Size i = 0; i < weights.size; ++i) rounded[i] = Reader::decode(Reader::encode(weights[i], levels), levels);
    if constexpr (HoldsWeights<Training>) {
        const float* const held = Training::held(state);
        for (Size i = 0; i < weights.size; ++i)
            if (held[i] != 0) rounded[i] = Reader::decode(static_cast<unsigned>(held[i]) - 1, levels);
    }
}

/// WeightTraining behind a virtual call for each output channel.
struct WeightRule {
    Size learned = 0, state = 0;   ///< floats of a channel
    WeightContext context;

    virtual ~WeightRule() = default;
    virtual void start(VectorView<const float> weights, float* learned_floats, float* state_floats) const = 0;
    virtual void quantize(VectorView<const float> weights, const float* learned_floats, const float* state_floats,
                          float* quantized) const = 0;
    virtual void backward(VectorView<const float> weights, const float* learned_floats, const float* state_floats,
                          float* gradient, float* learned_gradient) const = 0;
    virtual void update(VectorView<const float> weights, const float* learned_floats, float* state_floats) const = 0;
    /// Of all codes, ascending.
    virtual std::vector<float> levels(VectorView<const float> weights, const float* learned_floats,
                                      const float* state_floats) const = 0;
};

template <Policy Reader, class Training>
struct WeightRuleOf final : WeightRule {
    explicit WeightRuleOf([[maybe_unused]] Size inputs) {
        learned = Training::learned;
        if constexpr (HoldsWeights<Training>) state = Training::state_of(inputs);
        else state = Training::state;
    }
    void start(VectorView<const float> weights, float* l, float* s) const override { Training::start(weights, context, l, s); }
    void quantize(VectorView<const float> weights, const float* l, const float* s, float* quantized) const override {
        round_weights<Reader, Training>(weights, Training::levels(weights, context, l, s), s, quantized);
        if constexpr (HoldsWeights<Training>)
            for (Size i = 0; i < weights.size; ++i)
                if (Training::held(s)[i] == 0) quantized[i] = weights[i];
    }
    void backward(VectorView<const float> weights, const float* l, const float* s, float* gradient,
                  float* learned_gradient) const override {
        Training::backward(weights, Training::levels(weights, context, l, s), context, gradient, learned_gradient);
        if constexpr (HoldsWeights<Training>)
            for (Size i = 0; i < weights.size; ++i)
                if (Training::held(s)[i] != 0) gradient[i] = 0;
    }
    void update(VectorView<const float> weights, const float* l, float* s) const override {
        Training::update(weights, Training::levels(weights, context, l, s), context, s);
    }
    std::vector<float> levels(VectorView<const float> weights, const float* l, const float* s) const override {
        const auto own = Training::levels(weights, context, l, s);
        std::vector<float> all;
        for (unsigned code = 0; code < Reader::codes; ++code) all.push_back(Reader::decode(code, own));
        std::sort(all.begin(), all.end());
        return all;
    }
};

/// ActivationTraining behind virtual calls for each batch.
struct ActivationRule {
    Size learned = 0, state = 0;
    bool counts_levels = false, decays = false;

    virtual ~ActivationRule() = default;
    virtual void start(VectorView<const float> samples, float* learned_floats, float* state_floats) const = 0;
    virtual LevelTable table(const float* learned_floats, const float* state_floats) const = 0;
    virtual void gradient(const LevelTable& table, const GradientMoments& moments, double features, const float* learned_floats,
                          float* learned_gradient) const = 0;
    virtual void update(const LevelTable& table, const LevelCounts& counts, float* state_floats) const = 0;
};

template <Policy Reader, class Training>
struct ActivationRuleOf final : ActivationRule {
    ActivationRuleOf() {
        learned = Training::learned;
        state = Training::state;
        counts_levels = Training::counts_levels;
        decays = requires { requires Training::decays; };
    }
    void start(VectorView<const float> samples, float* l, float* s) const override { Training::start(samples, l, s); }
    LevelTable table(const float* l, const float* s) const override { return Training::table(l, s); }
    void gradient(const LevelTable& table, const GradientMoments& moments, double features, const float* l,
                  float* to) const override {
        Training::gradient(table, moments, features, l, to);
    }
    void update(const LevelTable& table, const LevelCounts& counts, float* s) const override {
        Training::update(table, counts, s);
    }
};

template <Policy Reader, class Method>
ActivationRule* make_activation_rule() {
    return new ActivationRuleOf<Reader, typename Method::template Activation<Reader>>();
}

struct Description {
    std::vector<Step> steps;
    std::vector<Value> values;
    std::vector<Form> forms;
    Shape input;
    bool takes_bytes = false;
    int output = nothing;
    std::vector<std::unique_ptr<WeightRule>> weights;           ///< of each step; none where weights are real
    std::vector<std::unique_ptr<ActivationRule>> activations;   ///< of each form that owns levels

    Shape shape(int value) const { return values[static_cast<Size>(value)].shape; }
    int root(int value) const { return values[static_cast<Size>(value)].root; }
    const Form& form(int index) const { return forms[static_cast<Size>(index)]; }
};

/// Which training a policy's quantizers have: by default its own. Methods of the literature that train the levels of a policy
/// otherwise have headers of their own, as in Model<Net, Pact>.
struct OwnTraining {
    template <class Reader>
    using Weight = WeightTraining<Reader>;
    template <class Reader>
    using Activation = ActivationTraining<Reader>;
};

template <class Net, class Method = OwnTraining>
Description describe() {
    constexpr auto& graph = Net::graph;
    Description net;
    net.steps.assign(graph.steps, graph.steps + graph.step_count);
    net.values.assign(graph.values, graph.values + graph.value_count);
    net.forms.assign(graph.forms, graph.forms + graph.form_count);
    net.input = Net::input_shape;
    net.takes_bytes = !std::is_same_v<typename Net::InputNumbers, Real>;
    net.output = graph.output;
    net.weights.resize(net.steps.size());
    net.activations.resize(net.forms.size());
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        constexpr Step step = graph.steps[Index];
        if constexpr (step.work == Work::product) {
            using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
            if constexpr (!std::is_same_v<Weight, Real>) {
                constexpr ProductPlan plan = graph.plan(step);
                net.weights[Index].reset(
                    new WeightRuleOf<Weight, typename Method::template Weight<Weight>>(plan.weights() / step.product.outputs));
                net.weights[Index]->context.basis_bits = basis_bits<Net, static_cast<int>(Index)>;
            }
        }
    });
    for_each_index(FormIndices<Net>{}, [&]<Size Index>() {
        // The caller's bytes have their meaning from the normalization.
        if constexpr (owns_levels<Net, static_cast<int>(Index)> && !graph.forms[Index].raw)
            net.activations[Index].reset(make_activation_rule<FormPolicy<Net, static_cast<int>(Index)>, Method>());
    });
    return net;
}

}}}  // namespace aquatint::train
