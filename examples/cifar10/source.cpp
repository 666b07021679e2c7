// SPDX-License-Identifier: BSL-1.0
// Reads weights and runs the float network over the samples.
#include "source.hpp"

#include "adabin.hpp"
#include "precisions.hpp"
#include "../support/refuse.hpp"
#include "weights.hpp"

#include <aquatint/interop/file.hpp>

namespace cifar10 {

using namespace examples;

namespace {

/// Calls `action` with a file that is in order.
template <class Action>
void with_safetensors(const std::string& path, Action action) {
    const Result<FileBytes> bytes = map_file(path);
    require(bytes.problem);
    const Result<Safetensors> file = safetensors(bytes->data(), bytes->size());
    require(file.problem, path);
    require(action(*file), path);
}

/// The names say what a layer is: a tensor of any other layer belongs to another network.
Error only_float_layers(const Safetensors& file) {
    for (const TensorView& tensor : file) {
        const std::string_view name = words(tensor.name);
        const std::string_view layer = name.substr(0, name.rfind('.'));
        if (std::find(std::begin(float_layers), std::end(float_layers), layer) == std::end(float_layers))
            return refused(refusal::extra, name);
    }
    return {};
}

}  // namespace

Source read_source(const std::string& weights_file, const Pictures& samples) {
    Source source;
    source.normalization.mean.assign(std::begin(trained_mean), std::end(trained_mean));
    source.normalization.deviation.assign(std::begin(trained_deviation), std::end(trained_deviation));
    FloatModel model;
    with_safetensors(weights_file, [&](const Safetensors& file) {
        const Error problem = read_model<W8A8::Network>(model, file, float_layers);
        return problem ? problem : only_float_layers(file);
    });
    require(observe<W8A8::Network>(model, source.normalization, samples.rows(), source.observations), weights_file);
    return source;
}

void read_binary(const std::string& weights_file, Source& source) {
    with_safetensors(weights_file, [&](const Safetensors& file) { return AdaBinReader(file).read(source.binary); });
}

}  // namespace cifar10
