// SPDX-License-Identifier: BSL-1.0
// Model<Net, Inq>: weights become powers of two in stages, and those that are still real make up for it (Zhou et al.,
// "Incremental Network Quantization", 2017).
#pragma once

#include <aquatint/policy/log2.hpp>
#include <aquatint/train/description.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// The training has four stages of equal length. In each of them a further part of every output channel, the largest magnitudes
/// among what is left, is rounded and held; the last one holds all of it and trains the rest of the network. (The
/// paper parts whole layers.) Levels are those of the weights that the training began with. A rate that starts anew
/// with every stage is repeated(cosine(), 4).
struct InqStages {
    static constexpr double held[] = {0.5, 0.75, 0.875, 1};
    static constexpr Size count = sizeof held / sizeof held[0];

    static double at(float progress) {
        return held[least(static_cast<Size>(progress * static_cast<float>(count)), count - 1)];
    }
};

/// Whatever has no powers of two is trained in its own way.
template <Policy Reader>
struct InqWeight : WeightTraining<Reader> {};
/// The state: the scale, then for each weight 0 or its code + 1.
template <unsigned Bits>
struct InqWeight<Log2<Bits>> {
    using Reader = Log2<Bits>;
    using Levels = typename Reader::Levels;
    static constexpr Size learned = 0;
    static Size state_of(Size weights) { return 1 + weights; }
    static const float* held(const float* state) { return state + 1; }

    static void start(VectorView<const float> weights, const WeightContext& context, float*, float* state) {
        state[0] = Reader::fit_inq(weights).scale;
        std::fill_n(state + 1, weights.size, 0.0f);
        hold(weights, context.progress, state);
    }
    static Levels levels(VectorView<const float>, const WeightContext&, const float*, const float* state) { return {state[0]}; }
    static void backward(VectorView<const float>, const Levels&, const WeightContext&, float*, float*) {}
    static void update(VectorView<const float> weights, const Levels&, const WeightContext& context, float* state) {
        hold(weights, context.progress, state);
    }

private:
    /// Up to the part of this moment.
    static void hold(VectorView<const float> weights, float progress, float* state) {
        float* const codes = state + 1;
        std::vector<Size> free;
        for (Size i = 0; i < weights.size; ++i)
            if (codes[i] == 0) free.push_back(i);
        const auto wanted = static_cast<Size>(std::ceil(InqStages::at(progress) * static_cast<double>(weights.size)));
        const Size held = weights.size - free.size();
        if (wanted <= held) return;
        std::stable_sort(free.begin(), free.end(), [&](Size a, Size b) { return magnitude(weights[a]) > magnitude(weights[b]); });
        for (Size i = 0; i < wanted - held; ++i)
            codes[free[i]] = static_cast<float>(1 + Reader::encode(weights[free[i]], {state[0]}));
    }
};

struct Inq : OwnTraining {
    template <class Reader>
    using Weight = InqWeight<Reader>;
};

}}}  // namespace aquatint::train
