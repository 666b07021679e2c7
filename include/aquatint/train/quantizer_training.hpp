// SPDX-License-Identifier: BSL-1.0
// How a policy's levels are learned: for any policy its scale by gradient. A policy with a way of its own specialises
// WeightTraining or ActivationTraining, each in a header of its own here, a user's policy beside the policy.
#pragma once

#include <cstring>

#include <aquatint/policy/fit.hpp>
#include <aquatint/train/levels.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// What a weight quantizer may know beside the weights of an output channel.
struct WeightContext {
    unsigned basis_bits = 12;   ///< how wide the levels of a learned basis may be
    float progress = 0;         ///< of the training, 0 to 1
};

/// Levels that were fitted once, and their scale, which moves from there by gradient.
template <Policy Reader>
struct FittedLevels {
    using Levels = typename Reader::Levels;
    static constexpr bool scales = requires(Levels levels) { levels.scale = 0.5f; };
    static constexpr Size learned = scales ? 1 : 0;                                       ///< the scale
    static constexpr Size state = (sizeof(Levels) + sizeof(float) - 1) / sizeof(float);   ///< the bytes of the fitted levels

    static void start(VectorView<const float> samples, float* scale, float* fitted) {
        const Levels levels = fit<Reader>(samples);
        std::memcpy(fitted, &levels, sizeof levels);
        if constexpr (scales) *scale = levels.scale;
    }
    /// The fitted ones again where the scale has become unusable.
    static Levels levels(const float* scale, const float* fitted) {
        Levels result;
        std::memcpy(static_cast<void*>(&result), fitted, sizeof result);
        if constexpr (scales) {
            Levels moved = result;
            moved.scale = *scale;
            if (valid_levels<Reader>(moved)) return moved;
        }
        return result;
    }
};

/// Levels that follow from the weights of the moment; gradients go straight through. What is otherwise, a training says itself.
struct FollowingLevels {
    static constexpr Size learned = 0, state = 0;

    static void start(VectorView<const float>, const WeightContext&, float*, float*) {}
    template <class Levels>
    static void backward(VectorView<const float>, const Levels&, const WeightContext&, float*, float*) {}
    template <class Levels>
    static void update(VectorView<const float>, const Levels&, const WeightContext&, float*) {}
};

/// Learned step size (Esser et al., "Learned Step Size Quantization", 2020), and straight through between the outermost levels.
/// For each output channel: `learned` floats move by gradient, `state` floats by rules; both may be none.
template <Policy Reader>
struct WeightTraining {
    using Fitted = FittedLevels<Reader>;
    using Levels = typename Reader::Levels;
    static constexpr bool scales = Fitted::scales;
    static constexpr Size learned = Fitted::learned, state = Fitted::state;

    static void start(VectorView<const float> weights, const WeightContext&, float* scale, float* fitted) {
        Fitted::start(weights, scale, fitted);
    }
    static Levels levels(VectorView<const float>, const WeightContext&, const float* scale, const float* fitted) {
        return Fitted::levels(scale, fitted);
    }
    /// From the gradient of the quantized weights to that of the weights, in place; adds to that of the learned floats.
    static void backward(VectorView<const float> weights, const Levels& levels, const WeightContext&, float* gradient,
                         float* scale_gradient) {
        const float lowest = Reader::decode(Reader::encode(-3e38f, levels), levels),
                    highest = Reader::decode(Reader::encode(3e38f, levels), levels);
        double sum = 0;
        for (Size i = 0; i < weights.size; ++i) {
            const float w = weights[i], level = Reader::decode(Reader::encode(w, levels), levels);
            const bool inside = w >= lowest && w <= highest;
            if constexpr (scales) sum += static_cast<double>(gradient[i] * (level - (inside ? w : 0.0f)) / levels.scale);
            if (!inside) gradient[i] = 0;
        }
        if constexpr (scales) {
            const float reach = most(magnitude(lowest), magnitude(highest)) / magnitude(levels.scale);
            *scale_gradient += static_cast<float>(sum / std::sqrt(static_cast<double>(static_cast<float>(weights.size) * reach)));
        }
    }
    /// After a step of the optimizer, from what the batch before it used.
    static void update(VectorView<const float>, const Levels&, const WeightContext&, float*) {}
};

/// A training that fixes some weights before others says which: held(state) is a float for each weight, zero while it is free and
/// real, else its code + 1. It has state_of(weights) floats of state, in place of `state`.
template <class Training>
concept HoldsWeights = requires(const float* state) { Training::held(state); };

/// The same for the levels of an activation, one set for each form of a value. The optimizer's decay of weights is for the
/// `learned` floats of those who say `decays`, too.
template <Policy Reader>
struct ActivationTraining : FittedLevels<Reader> {
    using Fitted = FittedLevels<Reader>;
    static constexpr bool counts_levels = false;   ///< whether `update` wants to know how many elements each level had

    static LevelTable table(const float* scale, const float* fitted) {
        LevelTable result = table_of<Reader>(Fitted::levels(scale, fitted));
        result.surrogate = {result.lowest, result.highest};
        return result;
    }
    /// From the sums over a batch of inputs with so many `features` each.
    static void gradient(const LevelTable& table, const GradientMoments& moments, double features, const float* scale,
                         float* scale_gradient) {
        if constexpr (Fitted::scales) {
            const double size = static_cast<double>(*scale),
                         reach = static_cast<double>(most(magnitude(table.lowest), magnitude(table.highest))) / size;
            *scale_gradient = static_cast<float>((moments.level - moments.input) / size / std::sqrt(features * magnitude(reach)));
        }
    }
    /// A factor of what is read, besides the levels: it goes into the weights of the reader.
    static float factor(const float*) { return 1; }
    static void update(const LevelTable&, const LevelCounts&, float*) {}
};

}}}  // namespace aquatint::train
