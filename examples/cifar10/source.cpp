// SPDX-License-Identifier: BSL-1.0
// Reads the float weights and runs the float network over the samples.
#include "source.hpp"

#include "precisions.hpp"
#include "refuse.hpp"
#include "weights.hpp"

#include <aquatint/interop/file.hpp>
#include <aquatint/interop/read_model.hpp>

namespace cifar10 {

Source read_source(const std::string& weights_file, const Pictures& samples) {
    const Result<FileBytes> bytes = map_file(weights_file);
    require(bytes.problem);
    const Result<Safetensors> file = safetensors(bytes->data(), bytes->size());
    require(file.problem, weights_file);

    Source source;
    source.normalization.mean.assign(std::begin(trained_mean), std::end(trained_mean));
    source.normalization.deviation.assign(std::begin(trained_deviation), std::end(trained_deviation));
    require(read_model<W8A8::Network>(source.model, *file, TrainedFloat::layers), weights_file);
    require(observe<W8A8::Network>(source.model, source.normalization, samples.rows(), source.observations), weights_file);
    return source;
}

}  // namespace cifar10
