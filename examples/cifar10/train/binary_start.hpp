// SPDX-License-Identifier: BSL-1.0
// What the binary network begins with: the float network's convolutions, although its shortcuts pass two of them at a time.
#pragma once

#include <aquatint/calibrate/float_model.hpp>

namespace cifar10 {

/// From the layers of ResNet20 to those of AdaBinResNet20: slopes after each BatchNorm and a BatchNorm before the last layer, at
/// AdaBin's initial values.
inline aquatint::FloatModel for_binary_network(const aquatint::FloatModel& model) {
    aquatint::FloatModel binary;
    for (const aquatint::FloatLayer& layer : model.layers) {
        const bool is_last = &layer == &model.layers.back();
        const aquatint::Size channels = is_last ? binary.layers.back().positive.size() : layer.gamma.size();
        if (is_last) {
            aquatint::FloatLayer& normalized = binary.layers.emplace_back();
            normalized.gamma.assign(channels, 1);
            normalized.beta.assign(channels, 0);
            normalized.mean.assign(channels, 0);
            normalized.variance.assign(channels, 1);
        }
        binary.layers.push_back(layer);
        if (layer.gamma.empty()) continue;
        aquatint::FloatLayer& slopes = binary.layers.emplace_back();
        slopes.positive.assign(channels, 1);
        slopes.negative.assign(channels, 0.25f);
    }
    return binary;
}

}  // namespace cifar10
