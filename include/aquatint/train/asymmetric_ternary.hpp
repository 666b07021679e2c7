// SPDX-License-Identifier: BSL-1.0
// AsymmetricTernary in training: both sizes are learned, by Trained Ternary Quantization (Zhu et al., 2017).
#pragma once

#include <aquatint/policy/asymmetric_ternary.hpp>
#include <aquatint/train/quantizer_training.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// What lies above 5 % of the channel's largest magnitude has the positive or the negative level, whatever their sizes. (The
/// paper has both sizes for a whole layer; here each output channel has its own.)
template <>
struct WeightTraining<AsymmetricTernary> {
    using Reader = AsymmetricTernary;
    using Levels = Reader::Levels;
    static constexpr Size learned = 2, state = 0;   ///< both sizes; below zero they are none
    static constexpr float share = 0.05f;

    static void start(VectorView<const float> weights, const WeightContext&, float* sizes, float*) {
        const float threshold = threshold_of(weights);
        double sum[2]{}, count[2]{}, all = 0;
        for (const float weight : weights) {
            all += static_cast<double>(magnitude(weight));
            if (!(magnitude(weight) > threshold)) continue;
            sum[weight < 0] += static_cast<double>(magnitude(weight));
            count[weight < 0] += 1;
        }
        for (int sign = 0; sign < 2; ++sign)
            sizes[sign] = to_scale(count[sign] > 0 ? sum[sign] / count[sign] : all / static_cast<double>(weights.size));
    }
    static Levels levels(VectorView<const float>, const WeightContext& context, const float* sizes, const float*) {
        const auto size = [&](int sign) { return static_cast<double>(most(sizes[sign], 0.0f)); };
        return Reader::of_sizes(size(0), size(1), context.basis_bits);
    }
    /// The levels that the threshold says, so that rounding to the nearest one leaves them.
    static std::vector<float> prepare(VectorView<const float> weights, const Levels& levels) {
        const float threshold = threshold_of(weights);
        std::vector<float> chosen;
        for (const float weight : weights) chosen.push_back(Reader::decode(code_of(weight, threshold), levels));
        return chosen;
    }
    /// A weight beyond the threshold has the gradient of what it is rounded to times the size of its level, one at rest that
    /// gradient itself; the size of a level has the sum over those who are rounded to it.
    static void backward(VectorView<const float> weights, const Levels& levels, const WeightContext&, float* gradient,
                         float* of_sizes) {
        const float threshold = threshold_of(weights);
        double sum[2]{};
        for (Size i = 0; i < weights.size; ++i) {
            const unsigned code = code_of(weights[i], threshold);
            if (code == 0) continue;
            const float level = Reader::decode(code, levels);
            sum[code - 1] += static_cast<double>(level < 0 ? -gradient[i] : gradient[i]);
            gradient[i] *= magnitude(level);
        }
        for (int sign = 0; sign < 2; ++sign) of_sizes[sign] += static_cast<float>(sum[sign]);
    }
    static void update(VectorView<const float>, const Levels&, const WeightContext&, float*) {}

private:
    static float threshold_of(VectorView<const float> weights) {
        float largest = 0;
        for (const float weight : weights) largest = most(largest, magnitude(weight));
        return share * largest;
    }
    static unsigned code_of(float weight, float threshold) { return weight > threshold ? 1 : weight < -threshold ? 2 : 0; }
};

}}}  // namespace aquatint::train
