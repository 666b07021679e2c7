// SPDX-License-Identifier: BSL-1.0
// Ternary weights in training: the scale of Li et al., "Ternary Weight Networks", 2016, of every batch's weights anew.
#pragma once

#include <aquatint/policy/ternary.hpp>
#include <aquatint/train/quantizer_training.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

template <>
struct WeightTraining<Ternary> : FollowingLevels {
    using Levels = Ternary::Levels;

    static Levels levels(VectorView<const float> weights, const WeightContext&, const float*, const float*) {
        return Ternary::fit_twn(weights);
    }
};

}}}  // namespace aquatint::train
