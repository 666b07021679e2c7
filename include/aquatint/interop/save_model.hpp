// SPDX-License-Identifier: BSL-1.0
// save_model: float weights of a network to safetensors, for whoever reads such files; `read_model` does.
#pragma once

#include <aquatint/interop/model_tensors.hpp>
#include <aquatint/interop/save_safetensors.hpp>

namespace aquatint { inline namespace v0 {

/// What `read_model` with the same table of names reads: float32, a missing bias stays away. A file has no place for an epsilon,
/// which others take for 1e-5, nor for how a binary layer reads its input: a model with either is refused.
template <class Net>
Error save_model(const std::string& path, const FloatModel& model, VectorView<const char* const> prefixes) {
    if (const Error e = check_prefixes<Net>(prefixes)) return e;
    if (model.layers.size() != prefixes.size)
        return error("the model has another number of layers with parameters than the network", "model",
                     static_cast<Int64>(prefixes.size), static_cast<Int64>(model.layers.size()));
    for (Size i = 0; i < prefixes.size; ++i) {
        const FloatLayer& layer = model.layers[i];
        if (!layer.gamma.empty() && magnitude(layer.epsilon - 1e-5f) > 1e-7f)
            return error("a file of float weights has no place for an epsilon other than 1e-5", prefixes[i]);
        if (layer.activation_known) return error("a file of float weights has no place for levels of activations", prefixes[i]);
    }
    std::vector<TensorView> tensors;
    const Error problem =
        for_each_tensor<Net>(model, prefixes, [&](const ModelTensor& tensor, const std::vector<float>& values) -> Error {
            if (tensor.optional && values.empty()) return {};
            const TensorView view = tensor_view(tensor.name, tensor.shape, values.data());
            if (view.bytes != values.size() * sizeof(float))
                return error("a tensor has another number of elements than the network's type says", tensor.name.c_str(),
                             static_cast<Int64>(view.bytes / sizeof(float)), static_cast<Int64>(values.size()));
            tensors.push_back(view);
            return {};
        });
    return problem ? problem : save_safetensors(path, tensors);
}

}}  // namespace aquatint::v0
