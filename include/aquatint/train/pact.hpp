// SPDX-License-Identifier: BSL-1.0
// Model<Net, Pact>: activations that are clipped where the training finds it best (Choi et al., "PACT", 2018).
#pragma once

#include <aquatint/train/description.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// y = clip(x, 0, a), rounded to evenly spaced levels. a moves by the gradient of all that
/// lies above it, and decays like a weight.
template <Policy Reader>
struct PactActivation : ActivationTraining<Reader> {
    static constexpr bool evenly_spaced = requires(typename Reader::Levels levels) {
        levels.scale;
        levels.zero;
    };
    static_assert(evenly_spaced, "aquatint: PACT is for activations with evenly spaced levels, as Uniform<4>");
    using Levels = typename Reader::Levels;
    static constexpr Size learned = 1, state = 0;   ///< a
    static constexpr bool decays = true;
    static constexpr float steps = static_cast<float>(Reader::codes - 1);

    static void start(VectorView<const float> samples, float* clip, float*) {
        const Levels fitted = fit<Reader>(samples);
        *clip = (steps - static_cast<float>(fitted.zero)) * fitted.scale;
    }
    static Levels levels(const float* clip, const float*) {
        Levels result{};
        result.scale = to_scale(static_cast<double>(magnitude(*clip) / steps));
        result.zero = 0;
        return result;
    }
    static LevelTable table(const float* clip, const float* none) {
        LevelTable result = table_of<Reader>(levels(clip, none));
        result.surrogate = {result.lowest, result.highest};
        return result;
    }
    static void gradient(const LevelTable&, const GradientMoments& moments, double, const float* clip, float* to) {
        *to = static_cast<float>(*clip < 0 ? -moments.above : moments.above);
    }
};

struct Pact : OwnTraining {
    template <class Reader>
    using Activation = PactActivation<Reader>;
};

}}}  // namespace aquatint::train
