// SPDX-License-Identifier: BSL-1.0
// Writes and corrects the weights of one product in integers or codes.
#pragma once

#include <algorithm>

#include <aquatint/calibrate/parallel.hpp>
#include <aquatint/calibrate/statistics.hpp>
#include <aquatint/calibrate/write_parameters.hpp>

namespace aquatint { inline namespace v0 {

/// What is done to a step's levels and bias after its weights were quantized, so that its output on the samples has the float
/// network's statistics: nothing, the mean of each channel (bias correction), mean and variance (BatchNorm re-estimation).
enum class Correction { none, mean, mean_and_variance };

/// Policies whose fitted scale is worth more than a channel's variance say so.
template <class Weight>
inline constexpr bool keeps_scale = false;
template <class Weight>
    requires requires { Weight::keeps_scale; }
inline constexpr bool keeps_scale<Weight> = Weight::keeps_scale;

/// A product among the parameters, its particulars as values: what works on it is compiled
/// once for a policy, not once for a step.
template <class Weight, class Bias>
struct QuantizedProduct {
    static constexpr bool integer = std::is_same_v<Bias, Int32>;
    using Levels = typename Weight::Levels;

    ProductPlan plan;
    Byte* weights = nullptr;
    Levels* levels = nullptr;
    Bias* bias = nullptr;
    double input_scale = 1;
    Int64 input_zero = 0;
    unsigned shift = 0;         ///< fractional bits of the bias
    unsigned basis_bits = 12;   ///< how wide a learned basis may be

    double unit(Size output) const { return static_cast<double>(levels[output].scale) * input_scale; }

    /// `weight` is [outputs][inputs]. Returns the first output whose bias does not fit the
    /// accumulator; the number of outputs if all do.
    Size write(const std::vector<float>& weight, const std::vector<double>& real_bias) {
        const Size outputs = plan.product.outputs, inputs = plan.segments().inputs();
        std::vector<Byte> fits(outputs, 1);
        for_each_chunk(outputs, [&](Size, Size first, Size last) {
            for (Size output = first; output < last; ++output) {
                const VectorView<const float> samples(weight.data() + output * inputs, inputs);
                levels[output] = fitted(samples, basis_bits);
                if constexpr (integer) fits[output] = fit_bias(samples, real_bias[output], output);
                else bias[output] = static_cast<float>(real_bias[output]);
            }
        });
        write_codes<Weight>(plan, weight, levels, weights);
        return static_cast<Size>(std::find(fits.begin(), fits.end(), Byte(0)) - fits.begin());
    }
    /// The same with the levels that are there already: training decided on them. Where a bias does not fit, the weights are next
    /// to nothing beside it, and coarser levels will do.
    Size write_with_levels(const std::vector<float>& weight, const std::vector<double>& real_bias) {
        const Size outputs = plan.product.outputs, inputs = plan.segments().inputs();
        for (Size output = 0; output < outputs; ++output) {
            if constexpr (integer) {
                const VectorView<const float> own(weight.data() + output * inputs, inputs);
                double units = bias_units(own, real_bias[output], output);
                for (int attempt = 0; attempt < 60 && !(std::fabs(units) <= bias_limit); ++attempt) {
                    coarsen(levels[output]);
                    units = bias_units(own, real_bias[output], output);
                }
                if (!(std::fabs(units) <= bias_limit)) return output;
                bias[output] = static_cast<Int32>(std::nearbyint(units));
            } else {
                bias[output] = static_cast<float>(real_bias[output]);
            }
        }
        write_codes<Weight>(plan, weight, levels, weights);
        return outputs;
    }
    /// Moves scale and bias of each channel so that the step's sums have the mean, and on request the variance, that is wanted.
    void correct(const ChannelMoments& now, const ChannelMoments& wanted, Correction correction) {
        for (Size c = 0; c < now.sum.size(); ++c) {
            double gain = 1;
            if (correction == Correction::mean_and_variance && now.variance(c) > 0)
                gain = std::sqrt(wanted.variance(c) / now.variance(c));
            Levels scaled = levels[c];
            scaled.scale = static_cast<float>(static_cast<double>(scaled.scale) * gain);
            if (!valid_levels<Weight>(scaled) || keeps_scale<Weight>) {
                scaled = levels[c];   // levels that are not to be scaled: powers of two, dead channels
                gain = 1;
            }
            const double fraction = unit(c) / (1 << shift);
            const double moved = std::nearbyint(bias[c] + (wanted.mean(c) - gain * now.mean(c)) / (fraction * gain));
            if (!(std::fabs(moved) <= bias_limit)) continue;   // as good as dead: leave it
            levels[c] = scaled;
            bias[c] = static_cast<Int32>(moved);
        }
    }

private:
    /// About the same levels in steps twice as wide.
    static void coarsen(Levels& own) {
        own.scale *= 2;
        if constexpr (Terms<Weight>::planes)
            for (auto& part : own.basis) part = static_cast<Int16>((part + (part > 0 ? 1 : 0)) / 2);
        if constexpr (Terms<Weight>::has_offset) own.offset /= 2;
    }
    static Levels fitted(VectorView<const float> samples, unsigned bits) {
        if constexpr (requires { Weight::fit(samples, bits); }) return Weight::fit(samples, bits);
        else return fit<Weight>(samples);
    }
    /// The bias in accumulator units, less what the inputs' zero point adds to every sum.
    double bias_units(VectorView<const float> samples, double real_bias, Size output) const {
        const Levels& own = levels[output];
        Int64 sum = 0;
        for (const float weight : samples) sum += Terms<Weight>::integer(Weight::encode(weight, own), own);
        return (real_bias / unit(output) - static_cast<double>(input_zero * sum)) * (1 << shift);
    }
    /// Where the bias does not fit (tiny weights beside a large bias) the weights get a coarser scale.
    bool fit_bias(VectorView<const float> samples, double real_bias, Size output) {
        Levels& own = levels[output];
        for (unsigned attempt = 0; attempt < 60; ++attempt) {
            const double scaled = bias_units(samples, real_bias, output);
            if (std::fabs(scaled) <= bias_limit) {
                bias[output] = static_cast<Int32>(std::nearbyint(scaled));
                return true;
            }
            if (Terms<Weight>::planes && attempt + 1 < basis_bits) own = fitted(samples, basis_bits - attempt - 1);
            else own.scale *= 2;
        }
        return false;
    }
};

}}  // namespace aquatint::v0
