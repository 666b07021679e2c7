// SPDX-License-Identifier: BSL-1.0
// Everything that a network learned in two rows of floats: what moves by gradient, and what moves by rules. Optimizers,
// checkpoints and reductions see the rows, not the layers.
#pragma once

#include <aquatint/train/description.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

struct Span {
    Size first = 0, size = 0;
};

/// Where the floats of a step stand.
struct StepSpans {
    Span weight, bias, gamma, beta, positive, negative;   ///< parameters
    Span weight_learned;                                  ///< parameters of the weight quantizer, channel by channel
    Span mean, variance;                                  ///< state: the running statistics of BatchNorm
    Span weight_state;                                    ///< state of the weight quantizer, channel by channel
};
/// And of a form's quantizer.
struct FormSpans {
    Span learned, state;
};

struct Layout {
    std::vector<StepSpans> steps;
    std::vector<FormSpans> forms;
    Size parameters = 0, state = 0;

    explicit Layout(const Description& net) {
        for (Size s = 0; s < net.steps.size(); ++s) steps.push_back(spans_of(net, net.steps[s], net.weights[s].get()));
        for (const auto& rule : net.activations) {
            FormSpans form;
            if (rule) form = {parameter(rule->learned), stored(rule->state)};
            forms.push_back(form);
        }
    }

private:
    Span parameter(Size size) { return taken(parameters, size); }
    Span stored(Size size) { return taken(state, size); }
    static Span taken(Size& end, Size size) {
        end += size;
        return {end - size, size};
    }
    StepSpans spans_of(const Description& net, const Step& step, const WeightRule* rule) {
        StepSpans spans;
        const Size channels = net.shape(step.output).channels;
        if (step.work == Work::product) {
            spans.weight = parameter(ProductPlan{step.product, {net.shape(step.input()), 0}, net.shape(step.output)}.weights());
            if (!step.pointwise.affine) spans.bias = parameter(channels);
        }
        if (step.pointwise.affine) {
            spans.gamma = parameter(channels);
            spans.beta = parameter(channels);
            spans.mean = stored(channels);
            spans.variance = stored(channels);
        }
        if (step.pointwise.positive_slope) spans.positive = parameter(channels);
        if (step.pointwise.negative_slope) spans.negative = parameter(channels);
        if (rule != nullptr) {
            spans.weight_learned = parameter(channels * rule->learned);
            spans.weight_state = stored(channels * rule->state);
        }
        return spans;
    }
};

/// What is added to a variance.
inline constexpr float batch_norm_epsilon = 1e-5f;

/// The two rows.
struct Learned {
    std::vector<float> parameters, state;
};

}}}  // namespace aquatint::train
