// SPDX-License-Identifier: BSL-1.0
// Model<Net>: a network while it learns. The network type is that of deployment.
#pragma once

#include <algorithm>

#include <aquatint/calibrate/float_model.hpp>
#include <aquatint/train/adaptive_binary.hpp>
#include <aquatint/train/asymmetric_ternary.hpp>
#include <aquatint/train/binary.hpp>
#include <aquatint/train/data.hpp>
#include <aquatint/train/engine.hpp>
#include <aquatint/train/learned_basis.hpp>
#include <aquatint/train/ternary.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Of the random numbers that a model starts with.
struct Seed {
    UInt64 value = 1;
};

/// All of a model that does not depend on its type at compile time.
class AnyModel {
public:
    Normalization normalization;   ///< what a byte of the input means
    Learned learned;
    bool quantizers_started = false;   ///< their levels were fitted to a first batch

    AnyModel(const AnyModel&) = delete;
    AnyModel& operator=(const AnyModel&) = delete;

    const Description& description() const { return net; }
    const Layout& spans() const { return layout; }
    Size parameter_count() const { return learned.parameters.size(); }

    /// What the padding of bytes means to those who read them raw, and their values.
    void describe_bytes(Workspace& work) const {
        work.raw_ring.clear();
        work.raw_factor.clear();
        for (Size c = 0; c < net.input.channels; ++c) {
            const double zero = normalization.zero(c), reference = normalization.scale(0);
            const double byte = std::nearbyint(
                least(most(static_cast<double>(static_cast<float>(zero)), 0.0), 255.0));   // as infer fills the ring
            work.raw_ring.push_back(static_cast<float>(reference * (byte - zero)));
            work.raw_factor.push_back(static_cast<float>(reference / normalization.scale(c)));
        }
    }
    /// Of one output of a product, as they are before they are rounded.
    VectorView<const float> weights(Size step, Size output) const {
        const Size inputs = layout.steps[step].weight.size / net.steps[step].product.outputs;
        return {learned.parameters.data() + layout.steps[step].weight.first + output * inputs, inputs};
    }
    /// The levels that they are rounded to, ascending; none where weights are real, or before the first batch.
    std::vector<float> weight_levels(Size step, Size output) const {
        const WeightRule* rule = net.weights[step].get();
        if (rule == nullptr || !quantizers_started) return {};
        const StepSpans& spans = layout.steps[step];
        return rule->levels(weights(step, output),
                            learned.parameters.data() + spans.weight_learned.first + output * rule->learned,
                            learned.state.data() + spans.weight_state.first + output * rule->state);
    }
    /// Weights as FloatModel has them; BatchNorm with its running statistics.
    FloatModel float_model() const {
        FloatModel model;
        for (const LayerPlace& place : layers) {
            FloatLayer& layer = model.layers.emplace_back();
            const StepSpans& spans = layout.steps[place.step];
            const auto parameters = [&](Span span) {
                return std::vector<float>(learned.parameters.begin() + offset(span.first),
                                          learned.parameters.begin() + offset(span.first + span.size));
            };
            const auto state = [&](Span span) {
                return std::vector<float>(learned.state.begin() + offset(span.first),
                                          learned.state.begin() + offset(span.first + span.size));
            };
            if (place.part == Part::product) {
                layer.weight = parameters(spans.weight);
                layer.bias = parameters(spans.bias);
                scale_raw(place.step, layer.weight, false);
                const Span activation =
                    layout.forms[static_cast<Size>(net.form(net.steps[place.step].input_form).levels)].learned;
                layer.activation_known = quantizers_started && activation.size == 2;
                if (layer.activation_known) {
                    layer.activation_scale = learned.parameters[activation.first];
                    layer.activation_middle = learned.parameters[activation.first + 1];
                }
            } else if (place.part == Part::batch_norm) {
                layer.gamma = parameters(spans.gamma);
                layer.beta = parameters(spans.beta);
                layer.mean = state(spans.mean);
                layer.variance = state(spans.variance);
            } else {
                layer.positive = parameters(spans.positive);
                layer.negative = parameters(spans.negative);
            }
        }
        return model;
    }
    /// Begins with the weights of a float network of the same layers, trained here or elsewhere.
    Error start_from(const FloatModel& model) {
        if (model.layers.size() != layers.size())
            return error("the model has another number of layers with parameters than the network", "model",
                         static_cast<Int64>(layers.size()), static_cast<Int64>(model.layers.size()));
        std::vector<bool> form_known(net.forms.size());
        for (Size i = 0; i < layers.size(); ++i)
            if (const Error e = start_layer(i, model.layers[i], form_known)) return e;
        quantizers_started = knows_its_levels(form_known);
        return {};
    }

    Error start_from(const AnyModel& other) { return start_from(other.float_model()); }

protected:
    enum class Part { product, batch_norm, slopes };
    /// Of every layer with parameters, in the order of the network's type.
    struct LayerPlace {
        Size step;
        Part part;
    };

    explicit AnyModel(Description description, Size atoms) : net(std::move(description)), layout(net) {
        learned.parameters.resize(layout.parameters);
        learned.state.resize(layout.state);
        for (Size atom = 0; atom < atoms; ++atom)
            for (Size s = 0; s < net.steps.size(); ++s) {
                const Step& step = net.steps[s];
                const auto is = [&](int other) { return other == static_cast<int>(atom); };
                if (step.work == Work::product && is(step.atom)) layers.push_back({s, Part::product});
                if (is(step.affine_atom)) layers.push_back({s, Part::batch_norm});
                if (is(step.activation_atom) && (step.pointwise.positive_slope || step.pointwise.negative_slope))
                    layers.push_back({s, Part::slopes});
            }
    }
    /// He's initialization: normal numbers of variance 2 / inputs; BatchNorm passes on, slopes are 1 and 1/4.
    void start_at_random(Seed seed) {
        for (Size s = 0; s < net.steps.size(); ++s) {
            const StepSpans& spans = layout.steps[s];
            Random random(seed.value, s);
            const Size outputs = most<Size>(net.steps[s].product.outputs, 1);
            const double deviation =
                std::sqrt(2.0 * static_cast<double>(outputs) / static_cast<double>(most<Size>(spans.weight.size, 1)));
            for (Size i = 0; i < spans.weight.size; ++i)
                learned.parameters[spans.weight.first + i] = static_cast<float>(random.normal() * deviation);
            fill(learned.parameters, spans.gamma, 1);
            fill(learned.parameters, spans.positive, 1);
            fill(learned.parameters, spans.negative, 0.25f);
            fill(learned.state, spans.variance, 1);
        }
    }

private:
    Description net;
    Layout layout;
    std::vector<LayerPlace> layers;

    static std::ptrdiff_t offset(Size index) { return static_cast<std::ptrdiff_t>(index); }
    static void fill(std::vector<float>& floats, Span span, float number) {
        std::fill_n(floats.begin() + offset(span.first), span.size, number);
    }
    /// Who reads bytes raw has weights in terms of the first channel's scale.
    void scale_raw(Size s, std::vector<float>& weight, bool inwards) const {
        const Step& step = net.steps[s];
        if (!net.form(step.input_form).raw || weight.empty()) return;
        const ProductPlan plan{step.product, {net.shape(step.input()), 0}, net.shape(step.output)};
        for_each_weight(plan, [&](Size index, const WeightPlace& at, Size channel) {
            const double ratio = normalization.scale(at.part * plan.group_inputs() + channel) / normalization.scale(0);
            weight[index] = static_cast<float>(static_cast<double>(weight[index]) * (inwards ? ratio : 1 / ratio));
        });
    }
    /// How a trained binary layer reads its input.
    void start_activation(Size s, const FloatLayer& layer, std::vector<bool>& form_known) {
        const auto owner = static_cast<Size>(net.form(net.steps[s].input_form).levels);
        const Span span = layout.forms[owner].learned;
        if (!layer.activation_known || span.size != 2) return;
        learned.parameters[span.first] = layer.activation_scale;
        learned.parameters[span.first + 1] = layer.activation_middle;
        form_known[owner] = true;
    }
    /// Whether no quantizer has to begin anew.
    bool knows_its_levels(const std::vector<bool>& form_known) const {
        for (const auto& rule : net.weights)
            if (rule && rule->learned + rule->state != 0) return false;
        for (Size form = 0; form < net.forms.size(); ++form)
            if (net.activations[form] && !form_known[form]) return false;
        return true;
    }
    Error start_layer(Size number, const FloatLayer& layer, std::vector<bool>& form_known) {
        const auto [s, part] = layers[number];
        const StepSpans& spans = layout.steps[s];
        Text<79> name("layer ");
        name.append_number(static_cast<Int64>(number));
        const auto take = [&](const std::vector<float>& from, std::vector<float>& to, Span span) -> Error {
            if (from.size() != span.size)
                return error("a tensor has another number of elements than the network's type says", name.c_str(),
                             static_cast<Int64>(span.size), static_cast<Int64>(from.size()));
            for (const float number_ : from)
                if (!is_finite(number_)) return error("a tensor holds NaN or infinity", name.c_str());
            std::copy(from.begin(), from.end(), to.begin() + offset(span.first));
            return {};
        };
        if (part == Part::product) {
            std::vector<float> weight = layer.weight;
            scale_raw(s, weight, true);
            if (const Error e = take(weight, learned.parameters, spans.weight)) return e;
            if (!layer.bias.empty() && spans.bias.size == 0)
                return error("a layer before a BatchNorm has no bias of its own: take it from the BatchNorm's mean",
                             name.c_str());
            start_activation(s, layer, form_known);
            return layer.bias.empty() ? Error{} : take(layer.bias, learned.parameters, spans.bias);
        }
        if (part == Part::batch_norm) {
            if (const Error e = take(layer.gamma, learned.parameters, spans.gamma)) return e;
            if (const Error e = take(layer.beta, learned.parameters, spans.beta)) return e;
            if (const Error e = take(layer.mean, learned.state, spans.mean)) return e;
            std::vector<float> variance = layer.variance;
            for (float& one : variance) one = most(0.0f, one + (layer.epsilon - batch_norm_epsilon));
            return take(variance, learned.state, spans.variance);
        }
        if (const Error e = take(layer.positive, learned.parameters, spans.positive)) return e;
        return take(layer.negative, learned.parameters, spans.negative);
    }
};

/// `Net` is trained as it will run: its quantizers are in every forward pass. FullPrecision<Net> trains its float twin.
template <class Net, class Method = OwnTraining>
class Model : public AnyModel {
public:
    using Network = Net;

    /// With random weights.
    explicit Model(Seed seed = {}, Normalization meaning = {}) : AnyModel(describe<Net, Method>(), Net::Atoms::size) {
        normalization = std::move(meaning);
        start_at_random(seed);
    }
};

}}}  // namespace aquatint::train
