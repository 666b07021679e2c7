// SPDX-License-Identifier: BSL-1.0
// What calibration measures: mean and variance of each channel before the activation, and samples of each value.
#pragma once

#include <vector>

#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/kernel/real_product.hpp>

namespace aquatint { inline namespace v0 {

/// Sums over pixels and samples, by channel.
struct ChannelMoments {
    std::vector<double> sum, square;
    double count = 0;

    explicit ChannelMoments(Size channels = 0) : sum(channels), square(channels) {}
    double mean(Size channel) const { return sum[channel] / count; }
    double variance(Size channel) const {
        const double m = mean(channel);
        return most(square[channel] / count - m * m, 0.0);
    }
    void add(const ChannelMoments& other) {
        for (Size c = 0; c < sum.size(); ++c) {
            sum[c] += other.sum[c];
            square[c] += other.square[c];
        }
        count += other.count;
    }
};

/// Stands in for an epilogue: takes the sums of a product with its bias, before shortcut and activation, and writes nothing.
struct MomentsEpilogue {
    ChannelMoments& moments;
    const Int32* bias = nullptr;   ///< of an integer product
    unsigned shift = 0;
    Size first = 0, count = 0;
    double units[panel_outputs]{};

    void begin_panel(Size first_output, Size outputs, const float* panel_units) {
        first = first_output;
        count = outputs;
        for (Size output = 0; output < count; ++output) units[output] = static_cast<double>(panel_units[output]);
    }
    void begin_panel(Size first_output, Size outputs) {
        first = first_output;
        count = outputs;
    }
    void add(Size output, double value) {
        moments.sum[first + output] += value;
        moments.square[first + output] += value * value;
    }
    void write(Size, Size, Size pixels, const Int32 (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < pixels; ++pixel)
            for (Size output = 0; output < count; ++output)
                add(output, (sums[pixel][output] + static_cast<double>(bias[first + output]) / (1 << shift)) * units[output]);
    }
    void write(Size, Size, Size pixels, const float (*sums)[panel_outputs]) {
        for (Size pixel = 0; pixel < pixels; ++pixel)
            for (Size output = 0; output < count; ++output) add(output, static_cast<double>(sums[pixel][output]));
    }
};

/// A bounded, evenly spread choice of the elements of a value, and its extremes.
struct ValueSamples {
    std::vector<float> samples;
    float low = 0, high = 0;

    void add(VectorView<const float> values, Size every, Size start) {
        for (Size i = 0; i < values.size; ++i) {
            low = least(low, values[i]);
            high = most(high, values[i]);
        }
        for (Size i = start % every; i < values.size; i += every) samples.push_back(values[i]);
    }
    void add(const ValueSamples& other) {
        samples.insert(samples.end(), other.samples.begin(), other.samples.end());
        low = least(low, other.low);
        high = most(high, other.high);
    }
};

}}  // namespace aquatint::v0
