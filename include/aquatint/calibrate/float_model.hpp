// SPDX-License-Identifier: BSL-1.0
// A network's float weights as training left them, and their form after BatchNorm was folded into the layers before it.
#pragma once

#include <cmath>
#include <initializer_list>
#include <vector>

#include <aquatint/base/error.hpp>
#include <aquatint/network/network.hpp>

namespace aquatint { inline namespace v0 {

/// What one layer learned. Conv and Dense: `weight` [outputs][inputs/groups][ky][kx], `bias` [outputs] or empty. BatchNorm: the
/// four vectors by channel. PRelu: `negative`; TwoSlopes: `positive` and `negative`.
struct FloatLayer {
    std::vector<float> weight{}, bias{};   // with initial values, so that no compiler minds when some are not named
    std::vector<float> gamma{}, beta{}, mean{}, variance{};
    std::vector<float> positive{}, negative{};
    float epsilon = 1e-5f;
    /// Of a binary layer whose training fixed how it reads its input: activation_scale * (sign(x -
    /// activation_middle) + activation_middle).
    bool activation_known = false;
    float activation_scale = 1, activation_middle = 0;
};

/// One entry for each layer that has parameters, in the order in which the network's type lists them.
struct FloatModel {
    std::vector<FloatLayer> layers;
};

/// What a byte of the input means to the float network: (byte / 255 - mean) / deviation. One number for each channel (the
/// elements of a Vector are channels), or one for all; empty: byte / 255. A float input is taken as it is and has none.
struct Normalization {
    std::vector<float> mean{}, deviation{};

    double scale(Size channel) const { return 1.0 / (255.0 * of(deviation, channel, 1.0)); }
    double zero(Size channel) const { return 255.0 * of(mean, channel, 0.0); }

private:
    static double of(const std::vector<float>& numbers, Size channel, double otherwise) {
        if (numbers.empty()) return otherwise;
        return static_cast<double>(numbers[numbers.size() == 1 ? 0 : channel]);
    }
};
/// Whether it can be that of the network's input.
template <class Net>
Error check_normalization(const Normalization& normalization) {
    constexpr Size channels = Net::input_shape.channels;
    for (const auto* numbers : {&normalization.mean, &normalization.deviation}) {
        if (numbers->empty()) continue;
        if (std::is_same_v<typename Net::InputNumbers, Real>)
            return error("a float input is taken as it is, without normalization", "normalization");
        if (numbers->size() != 1 && numbers->size() != channels)
            return error("a normalization has one number for each channel of the input, or one for all", "normalization",
                         static_cast<Int64>(channels), static_cast<Int64>(numbers->size()));
        for (const float number : *numbers)
            if (!std::isfinite(number) || (numbers == &normalization.deviation && !(number > 0)))
                return error("the numbers of a normalization are finite, and its deviations above zero", "normalization");
    }
    return {};
}

/// The float weights of one step, BatchNorm folded in.
struct FoldedStep {
    std::vector<float> weight, bias;                  ///< of a product
    std::vector<float> affine_scale, affine_offset;   ///< of a BatchNorm that stands alone
    std::vector<float> positive, negative;            ///< slopes
    bool activation_known = false;                    ///< the input's levels come from training, their scale is in the weights
    float activation_middle = 0;
};

template <class Layer>
inline constexpr bool has_parameters = [] {
    if constexpr (PointwiseLayer<Layer>)
        return Layer::pointwise.affine || Layer::pointwise.positive_slope || Layer::pointwise.negative_slope;
    else return ProductLayer<Layer>;
}();

/// Where in a FloatModel the parameters of each atom stand.
template <class... Atoms>
constexpr Size count_layers(TypeList<Atoms...>) {
    Size count = 0;
    for (const bool one : {false, has_parameters<typename Atoms::Layer>...}) count += one ? 1 : 0;
    return count;
}
template <class... Atoms>
std::vector<int> layer_of_atom(TypeList<Atoms...>) {
    std::vector<int> layers;
    int next = 0;
    for (const bool one : std::initializer_list<bool>{has_parameters<typename Atoms::Layer>...})
        layers.push_back(one ? next++ : nothing);
    return layers;
}

/// Folds one model for a network; every size is checked against the type.
template <class Net>
class Folder {
public:
    explicit Folder(const FloatModel& float_model) : model(float_model), layers(layer_of_atom(typename Net::Atoms{})) {}

    Error fold(std::vector<FoldedStep>& steps) {
        if (model.layers.size() != count_layers(typename Net::Atoms{}))
            return error("the model has another number of layers with parameters than the network", "model",
                         static_cast<Int64>(count_layers(typename Net::Atoms{})), static_cast<Int64>(model.layers.size()));
        steps.assign(static_cast<Size>(Net::graph.step_count), {});
        for (int s = 0; s < Net::graph.step_count; ++s)
            if (const Error e = fold(Net::graph.steps[s], steps[static_cast<Size>(s)])) return e;
        return {};
    }

private:
    const FloatModel& model;
    std::vector<int> layers;

    Error fold(const Step& step, FoldedStep& folded) const {
        const Size channels = Net::graph.values[step.output].shape.channels;
        if (step.work == Work::product) {
            const FloatLayer& layer = layer_at(step.atom);
            folded.weight = layer.weight;
            folded.bias = layer.bias.empty() ? std::vector<float>(channels) : layer.bias;
            if (const Error e = fits(folded.weight, Net::graph.plan(step).weights(), step.atom, "weight")) return e;
            if (const Error e = fits(folded.bias, channels, step.atom, "bias")) return e;
            folded.activation_known = layer.activation_known;
            folded.activation_middle = layer.activation_middle;
            if (layer.activation_known)
                for (float& weight : folded.weight) weight *= layer.activation_scale;
        }
        if (step.affine_atom != nothing)
            if (const Error e = fold_affine(layer_at(step.affine_atom), channels, step, folded)) return e;
        if (step.activation_atom != nothing && layers[static_cast<Size>(step.activation_atom)] != nothing) {
            const FloatLayer& layer = layer_at(step.activation_atom);
            folded.positive = layer.positive;
            folded.negative = layer.negative;
            if (const Error e =
                    fits(folded.positive, step.pointwise.positive_slope ? channels : 0, step.activation_atom, "positive"))
                return e;
            if (const Error e =
                    fits(folded.negative, step.pointwise.negative_slope ? channels : 0, step.activation_atom, "negative"))
                return e;
        }
        return {};
    }
    Error fold_affine(const FloatLayer& layer, Size channels, const Step& step, FoldedStep& folded) const {
        for (const auto* vector : {&layer.gamma, &layer.beta, &layer.mean, &layer.variance})
            if (const Error e = fits(*vector, channels, step.affine_atom, "batch norm")) return e;
        std::vector<float> scale(channels), offset(channels);
        for (Size c = 0; c < channels; ++c) {
            const double slope = static_cast<double>(layer.gamma[c]) /
                                 std::sqrt(static_cast<double>(layer.variance[c]) + static_cast<double>(layer.epsilon));
            if (!std::isfinite(slope)) return error("a variance of a BatchNorm is negative", name(step.affine_atom).c_str());
            scale[c] = static_cast<float>(slope);
            offset[c] = static_cast<float>(static_cast<double>(layer.beta[c]) - static_cast<double>(layer.mean[c]) * slope);
        }
        if (step.work != Work::product) {
            folded.affine_scale = scale;
            folded.affine_offset = offset;
            return {};
        }
        const Size inputs = folded.weight.size() / channels;
        for (Size c = 0; c < channels; ++c) {
            for (Size i = 0; i < inputs; ++i) folded.weight[c * inputs + i] *= scale[c];
            folded.bias[c] = folded.bias[c] * scale[c] + offset[c];
        }
        return {};
    }
    const FloatLayer& layer_at(int atom) const { return model.layers[static_cast<Size>(layers[static_cast<Size>(atom)])]; }
    Text<79> name(int atom) const { return Text<79>("layer ").append_number(layers[static_cast<Size>(atom)]); }

    Error fits(const std::vector<float>& values, Size expected, int atom, const char* what) const {
        Text<79> tensor = name(atom);
        tensor.append(" ").append(what);
        if (values.size() != expected)
            return error("a tensor has another number of elements than the network's type says", tensor.c_str(),
                         static_cast<Int64>(expected), static_cast<Int64>(values.size()));
        for (const float value : values)
            if (!is_finite(value)) return error("a tensor holds NaN or infinity", tensor.c_str());
        return {};
    }
};

}}  // namespace aquatint::v0
