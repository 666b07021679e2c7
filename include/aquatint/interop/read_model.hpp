// SPDX-License-Identifier: BSL-1.0
// read_model: float weights of a network from safetensors, by a table of names that the user can see.
#pragma once

#include <string>

#include <aquatint/calibrate/float_model.hpp>
#include <aquatint/interop/safetensors.hpp>

namespace aquatint { inline namespace v0 {

/// Reads one tensor of whatever shape; `count` is checked where the network folds the model.
inline Error read_tensor(const Safetensors& file, const std::string& name, std::vector<float>& values, bool optional = false) {
    const Result<TensorView> tensor = file.find(name);
    if (!tensor) return optional ? Error{} : tensor.problem;
    Extents shape = tensor->shape;
    Size count = 1;
    for (Size axis = 0; axis < shape.rank; ++axis) count *= static_cast<Size>(shape.extent[axis]);
    values.resize(count);
    return tensor->read(shape, values.data());
}

/// `prefixes` names the layers with parameters in the order of the network's type, as in {"conv1", "bn1", ..., "linear"}. The usual
/// suffixes follow: .weight and .bias; for BatchNorm .weight .bias .running_mean .running_var.
template <class Net>
Error read_model(FloatModel& model, const Safetensors& file, VectorView<const char* const> prefixes) {
    const std::vector<int> layers = layer_of_atom(typename Net::Atoms{});
    const Size expected = count_layers(typename Net::Atoms{});
    if (prefixes.size != expected)
        return error("the table of names has another number of layers than the network", "names", static_cast<Int64>(expected),
                     static_cast<Int64>(prefixes.size));
    model.layers.assign(expected, {});
    const auto read_layer = [&]<class Layer>(TypeTag<Layer>, Size index) -> Error {
        FloatLayer& layer = model.layers[index];
        const std::string prefix = prefixes[index];
        if constexpr (ProductLayer<Layer>) {
            if (const Error e = read_tensor(file, prefix + ".weight", layer.weight)) return e;
            return read_tensor(file, prefix + ".bias", layer.bias, true);
        } else if constexpr (has_parameters<Layer>) {
            if (!Layer::pointwise.affine) return read_tensor(file, prefix + ".weight", layer.negative);
            if (const Error e = read_tensor(file, prefix + ".weight", layer.gamma)) return e;
            if (const Error e = read_tensor(file, prefix + ".bias", layer.beta)) return e;
            if (const Error e = read_tensor(file, prefix + ".running_mean", layer.mean)) return e;
            return read_tensor(file, prefix + ".running_var", layer.variance);
        } else {
            return {};
        }
    };
    Error problem;
    for_each_index(IndicesBelow<Net::Atoms::size>{}, [&]<Size Atom>() {
        if (problem || layers[Atom] == nothing) return;
        problem = read_layer(TypeTag<typename Element<Atom, typename Net::Atoms>::Layer>{}, static_cast<Size>(layers[Atom]));
    });
    return problem;
}

}}  // namespace aquatint::v0
