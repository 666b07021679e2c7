// SPDX-License-Identifier: BSL-1.0
// read_model: float weights of a network from safetensors, by a table of names that the user can see.
#pragma once

#include <aquatint/interop/model_tensors.hpp>
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

/// `prefixes` names the layers with parameters in the order of the network's type, as in {"conv1", "bn1", ..., "linear"};
/// `for_each_tensor` says which suffixes follow.
template <class Net>
Error read_model(FloatModel& model, const Safetensors& file, VectorView<const char* const> prefixes) {
    if (const Error e = check_prefixes<Net>(prefixes)) return e;
    model.layers.assign(prefixes.size, {});
    return for_each_tensor<Net>(model, prefixes, [&](const ModelTensor& tensor, std::vector<float>& values) {
        return read_tensor(file, tensor.name, values, tensor.optional);
    });
}

}}  // namespace aquatint::v0
