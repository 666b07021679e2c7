// SPDX-License-Identifier: BSL-1.0
// Ternary weights in training: the scale of Li et al., "Ternary Weight Networks", 2016, of every batch's weights anew.
#pragma once

#include <aquatint/policy/ternary.hpp>
#include <aquatint/train/quantizer_training.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Gradients go straight through.
template <>
struct WeightTraining<Ternary> {
    using Levels = Ternary::Levels;
    static constexpr Size learned = 0, state = 0;

    static void start(VectorView<const float>, const WeightContext&, float*, float*) {}
    static Levels levels(VectorView<const float> weights, const WeightContext&, const float*, const float*) {
        return Ternary::fit_twn(weights);
    }
    static void backward(VectorView<const float>, const Levels&, const WeightContext&, float*, float*) {}
    static void update(VectorView<const float>, const Levels&, float*) {}
};

}}}   // namespace aquatint::AQUATINT_TARGET::train
