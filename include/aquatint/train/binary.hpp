// SPDX-License-Identifier: BSL-1.0
// Binary weights in training: the scale is the mean magnitude of the channel's weights (Rastegari et al., "XNOR-Net", 2016).
#pragma once

#include <aquatint/policy/binary.hpp>
#include <aquatint/train/quantizer_training.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

template <>
struct WeightTraining<Binary> : FollowingLevels {
    using Levels = Binary::Levels;

    static Levels levels(VectorView<const float> weights, const WeightContext&, const float*, const float*) {
        double sum = 0;
        for (const float weight : weights) sum += static_cast<double>(magnitude(weight));
        return {to_scale(sum / static_cast<double>(weights.size))};
    }
};

}}}  // namespace aquatint::train
