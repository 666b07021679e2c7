// SPDX-License-Identifier: BSL-1.0
// freeze(model, parameters): what training learned, as packed parameters. The codes and levels
// are those of training's forward pass.
#pragma once

#include <aquatint/calibrate/quantized_product.hpp>
#include <aquatint/train/model.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace train {

template <class Net, class Method>
class Freezer {
    static constexpr auto& graph = Net::graph;

public:
    Freezer(const Model<Net, Method>& trained, Parameters<Net>& result) : model(trained), parameters(result) {}

    Error run() {
        std::memset(static_cast<void*>(&parameters), 0, sizeof parameters);
        if (!model.quantizers_started && quantizes())
            return error("the levels of a network that was never trained are not known", "model");
        Error problem;
        for_each_index(FormIndices<Net>{}, [&]<Size Index>() { write_levels<static_cast<int>(Index)>(); });
        for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
            if (!problem) problem = write_step<static_cast<int>(Index)>();
        });
        return problem;
    }

private:
    const Model<Net, Method>& model;
    Parameters<Net>& parameters;

    template <int Form>
    using Activation = typename Method::template Activation<FormPolicy<Net, Form>>;

    bool quantizes() const {
        for (const auto& rule : model.description().weights)
            if (rule) return true;
        for (const auto& rule : model.description().activations)
            if (rule) return true;
        return false;
    }
    std::vector<float> floats(const std::vector<float>& from, Span span) const {
        return {from.begin() + static_cast<std::ptrdiff_t>(span.first),
                from.begin() + static_cast<std::ptrdiff_t>(span.first + span.size)};
    }
    std::vector<float> learned(Span span) const { return floats(model.learned.parameters, span); }
    std::vector<float> state(Span span) const { return floats(model.learned.state, span); }

    template <int Index>
    void write_levels() {
        if constexpr (owns_levels<Net, Index>) {
            auto& levels = levels_of<Index>(parameters);
            if constexpr (graph.forms[Index].raw) {
                levels.scale = static_cast<float>(model.normalization.scale(0));
            } else {
                const FormSpans& spans = model.spans().forms[Index];
                levels = Activation<Index>::levels(model.learned.parameters.data() + spans.learned.first,
                                                   model.learned.state.data() + spans.state.first);
            }
        }
    }
    template <int Index>
    Error write_step() {
        constexpr Step step = graph.steps[Index];
        const StepSpans& spans = model.spans().steps[Index];
        constexpr Size channels = graph.values[step.output].shape.channels;
        FoldedStep folded;
        folded.positive = learned(spans.positive);
        folded.negative = learned(spans.negative);
        std::vector<double> slope(channels, 1.0), bias(channels, 0.0);
        if constexpr (step.pointwise.affine) {
            const std::vector<float> gamma = learned(spans.gamma), beta = learned(spans.beta), mean = state(spans.mean),
                                     variance = state(spans.variance);
            for (Size c = 0; c < channels; ++c) {
                slope[c] = static_cast<double>(gamma[c]) /
                           std::sqrt(static_cast<double>(variance[c]) + static_cast<double>(batch_norm_epsilon));
                bias[c] = static_cast<double>(beta[c]) - static_cast<double>(mean[c]) * slope[c];
                folded.affine_scale.push_back(static_cast<float>(slope[c]));
                folded.affine_offset.push_back(static_cast<float>(bias[c]));
            }
        } else if constexpr (step.work == Work::product) {
            const std::vector<float> own = learned(spans.bias);
            bias.assign(own.begin(), own.end());
        }
        write_reals<Net, Index>(folded, model.normalization, parameters);
        if constexpr (step.work == Work::product) return write_product<Index>(slope, bias);
        else return {};
    }
    template <int Index>
    Error write_product(std::vector<double> slope, std::vector<double>& bias) {
        constexpr Step step = graph.steps[Index];
        if constexpr (graph.forms[step.input_form].atom != nothing && !graph.forms[step.input_form].raw) {
            const auto owner = static_cast<Size>(graph.forms[step.input_form].levels);
            const float factor =
                Activation<step.input_form>::factor(model.learned.parameters.data() + model.spans().forms[owner].learned.first);
            for (double& of : slope) of *= static_cast<double>(factor);
        }
        constexpr ProductPlan plan = graph.plan(step);
        auto& own = step_of<Index>(parameters);
        using Weight = typename std::remove_reference_t<decltype(own)>::WeightPolicy;
        std::vector<float> weight = learned(model.spans().steps[Index].weight);
        const Size inputs = weight.size() / bias.size();
        if constexpr (std::is_same_v<Weight, Real>) {
            for (Size i = 0; i < weight.size(); ++i)
                weight[i] = static_cast<float>(static_cast<double>(weight[i]) * slope[i / inputs]);
            subtract_raw_zero<Index>(weight, bias);
            write_weights(plan, weight, own.weights);
            for (Size output = 0; output < bias.size(); ++output) own.bias[output] = static_cast<float>(bias[output]);
            return {};
        } else {
            for (Size output = 0; output < bias.size(); ++output)
                if (const Error e = scaled_channel<Weight>(Index, output, slope[output], weight.data() + output * inputs, inputs,
                                                           own.levels[output]))
                    return e;
            subtract_raw_zero<Index>(weight, bias);
            QuantizedProduct<Weight, std::remove_reference_t<decltype(own.bias[0])>> product;
            product.plan = plan;
            product.weights = own.weights;
            product.levels = own.levels;
            product.bias = own.bias;
            if constexpr (std::remove_reference_t<decltype(own)>::integer) {
                constexpr int form = step.input_form;
                const auto& levels = levels_of<form>(parameters);
                product.input_scale = static_cast<double>(levels.scale);
                product.input_zero = graph.forms[form].raw ? 0 : ByteLevels<FormPolicy<Net, form>>::zero(levels);
                product.shift = shift_of<Net, Index>;
            }
            const Size output = product.write_with_levels(weight, bias);
            if (output == bias.size()) return {};
            return error("a bias does not fit the accumulator", name(Index, output).c_str());
        }
    }
    static Text<79> name(int index, Size output) {
        return Text<79>("step ").append_number(index).append(" output ").append_number(static_cast<Int64>(output));
    }
    /// The levels of an output channel with BatchNorm's factor in their scale, and its weights as these levels.
    template <class Weight>
    Error scaled_channel(int index, Size output, double slope, float* weights, Size inputs,
                         typename Weight::Levels& levels) const {
        using Training = typename Method::template Weight<Weight>;
        const StepSpans& spans = model.spans().steps[static_cast<Size>(index)];
        const WeightRule& rule = *model.description().weights[static_cast<Size>(index)];
        const VectorView<const float> own(weights, inputs);
        const float* const own_state = model.learned.state.data() + spans.weight_state.first + output * rule.state;
        const float* const own_learned = model.learned.parameters.data() + spans.weight_learned.first + output * rule.learned;
        const auto trained = Training::levels(own, rule.context, own_learned, own_state);
        levels = trained;
        round_weights<Weight, Training>(own, trained, own_state, weights);
        if (slope != 1) {
            if constexpr (requires { levels.scale = 0.5f; }) {
                levels.scale = to_scale(static_cast<double>(trained.scale) * slope);
                if (!valid_levels<Weight>(levels) && symmetric<Weight>(trained)) levels.scale = -levels.scale;
            }
            if constexpr (SignReading<Weight>) levels.offset = to_offset(static_cast<double>(trained.offset) * slope);
            if (!scales_levels<Weight> || !valid_levels<Weight>(levels))
                return error("the levels of these weights cannot take in the factor of a BatchNorm: leave it out, or choose "
                             "another policy",
                             name(index, output).c_str());
        }
        for (Size i = 0; i < inputs; ++i) weights[i] = static_cast<float>(static_cast<double>(weights[i]) * slope);
        return {};
    }
    /// Every level's negative is a level: a factor's sign may as well go into the weights.
    template <class Weight>
    static bool symmetric(const typename Weight::Levels& levels) {
        for (unsigned code = 0; code < Weight::codes; ++code) {
            const float level = Weight::decode(code, levels);
            if (Weight::decode(Weight::encode(-level, levels), levels) != -level) return false;
        }
        return true;
    }
    template <class Weight>
    static constexpr bool scales_levels = requires(typename Weight::Levels levels) {
        levels.scale = 0.5f;
    };

    /// Raw inputs are bytes: their mean is taken out of the bias.
    template <int Index>
    void subtract_raw_zero(const std::vector<float>& weight, std::vector<double>& bias) const {
        constexpr Step step = graph.steps[Index];
        if constexpr (graph.forms[step.input_form].raw) {
            constexpr ProductPlan plan = graph.plan(step);
            const double scale = model.normalization.scale(0);
            for_each_weight(plan, [&](Size i, const WeightPlace& at, Size channel) {
                bias[at.part * plan.part_outputs() + at.output] -=
                    static_cast<double>(weight[i]) * scale * model.normalization.zero(at.part * plan.group_inputs() + channel);
            });
        }
    }
};

/// `Parameters<Net>` of a trained model: `infer` on them computes what the model's forward pass with running statistics does.
template <class Net, class Method>
Error freeze(const Model<Net, Method>& model, Parameters<Net>& parameters) {
    return Freezer<Net, Method>(model, parameters).run();
}

}   // namespace train

using train::freeze;

}}   // namespace aquatint::AQUATINT_TARGET
