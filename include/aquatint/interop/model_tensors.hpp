// SPDX-License-Identifier: BSL-1.0
// Which tensors hold the float weights of a network in a file, under the names and in the shapes that PyTorch gives them.
#pragma once

#include <string>

#include <aquatint/calibrate/float_model.hpp>
#include <aquatint/interop/tensor.hpp>

namespace aquatint { inline namespace v0 {

/// One tensor of a layer.
struct ModelTensor {
    std::string name;
    Extents shape;
    bool optional = false;   ///< layers may be without it
};

/// Calls action(const ModelTensor&, values) for each, in the order of the network's type, up to the first error;
/// `values` is the vector of the layer in `model`, which has as many layers as there are prefixes. These name the layers
/// with parameters, as in {"conv1", "bn1", ..., "linear"}. The usual suffixes follow: .weight
/// [outputs][inputs/groups][ky][kx] (of a dense layer [outputs][inputs]) and .bias; for BatchNorm .weight .bias
/// .running_mean .running_var; PRelu .weight; TwoSlopes .positive .negative.
template <class Net, class Model, class Action>
Error for_each_tensor(Model& model, VectorView<const char* const> prefixes, Action&& action) {
    const std::vector<int> layers = layer_of_atom(typename Net::Atoms{});
    Error problem;
    for_each_index(IndicesBelow<Net::Atoms::size>{}, [&]<Size Atom>() {
        using Layer = typename Element<Atom, typename Net::Atoms>::Layer;
        if constexpr (has_parameters<Layer>) {
            auto& layer = model.layers[static_cast<Size>(layers[Atom])];
            const std::string prefix = prefixes[static_cast<Size>(layers[Atom])];
            const auto visit = [&](const char* suffix, auto& values, const Extents& shape, bool optional = false) {
                if (!problem) problem = action(ModelTensor{prefix + suffix, shape, optional}, values);
            };
            const auto step = [&](int Step::* atom) -> const Step& {
                int s = 0;
                while (s < Net::graph.step_count - 1 && Net::graph.steps[s].*atom != static_cast<int>(Atom)) ++s;
                return Net::graph.steps[s];
            };
            if constexpr (ProductLayer<Layer>) {
                const ProductPlan plan = Net::graph.plan(step(&Step::atom));
                const Geometry& geometry = plan.product.geometry;
                const Size outputs = plan.product.outputs;
                visit(".weight", layer.weight,
                      plan.product.reads_vector
                          ? Extents{outputs, plan.weights() / outputs}
                          : Extents{outputs, plan.group_inputs(), geometry.kernel_height, geometry.kernel_width});
                visit(".bias", layer.bias, {outputs}, true);
            } else if constexpr (Layer::pointwise.affine) {
                const Extents channels{Net::graph.values[step(&Step::affine_atom).output].shape.channels};
                visit(".weight", layer.gamma, channels);
                visit(".bias", layer.beta, channels);
                visit(".running_mean", layer.mean, channels);
                visit(".running_var", layer.variance, channels);
            } else {
                const Extents channels{Net::graph.values[step(&Step::activation_atom).output].shape.channels};
                if constexpr (Layer::pointwise.positive_slope) visit(".positive", layer.positive, channels);
                visit(Layer::pointwise.positive_slope ? ".negative" : ".weight", layer.negative, channels);
            }
        }
    });
    return problem;
}

/// Whether there is a name for each layer with parameters.
template <class Net>
Error check_prefixes(VectorView<const char* const> prefixes) {
    const Size expected = count_layers(typename Net::Atoms{});
    if (prefixes.size == expected) return {};
    return error("the table of names has another number of layers than the network", "names", static_cast<Int64>(expected),
                 static_cast<Int64>(prefixes.size));
}

}}  // namespace aquatint::v0
