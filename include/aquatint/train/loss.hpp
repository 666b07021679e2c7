// SPDX-License-Identifier: BSL-1.0
// Losses: from a network's outputs and what they should have been to a number and its gradient.
#pragma once

#include <cmath>
#include <vector>

#include <aquatint/base/config.hpp>
#include <aquatint/base/view.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Probabilities of `count` outputs, softened by a temperature.
inline void softmax_of(const float* outputs, Size count, double temperature, double* probability) {
    double largest = static_cast<double>(outputs[0]), sum = 0;
    for (Size i = 1; i < count; ++i) largest = most(largest, static_cast<double>(outputs[i]));
    for (Size i = 0; i < count; ++i) sum += probability[i] = std::exp((static_cast<double>(outputs[i]) - largest) / temperature);
    for (Size i = 0; i < count; ++i) probability[i] /= sum;
}

/// Where the largest output stands, the first one if equal.
inline Size largest_of(const float* outputs, Size count) {
    Size best = 0;
    for (Size i = 1; i < count; ++i)
        if (outputs[i] > outputs[best]) best = i;
    return best;
}

/// Cross-entropy with the softmax of the outputs: the label has the probability 1 - smoothing, the rest is shared by all classes
/// (Szegedy et al., 2016). `gradient` gets the derivative times `share`.
inline double cross_entropy(const float* outputs, Size count, Size label, double smoothing, double share, float* gradient) {
    std::vector<double> probability(count);
    softmax_of(outputs, count, 1, probability.data());
    double loss = 0;
    for (Size i = 0; i < count; ++i) {
        const double wanted = (i == label ? 1 - smoothing : 0.0) + smoothing / static_cast<double>(count);
        loss -= wanted * std::log(most(probability[i], 1e-300));
        gradient[i] = static_cast<float>((probability[i] - wanted) * share);
    }
    return loss;
}

/// Half of the mean of the squared differences.
inline double mean_square(const float* outputs, const float* wanted, Size count, double share, float* gradient) {
    double loss = 0;
    for (Size i = 0; i < count; ++i) {
        const double difference = static_cast<double>(outputs[i]) - static_cast<double>(wanted[i]);
        loss += difference * difference;
        gradient[i] = static_cast<float>(difference * share / static_cast<double>(count));
    }
    return loss / (2 * static_cast<double>(count));
}

/// Knowledge distillation (Hinton et al., 2015): the cross-entropy with a teacher's probabilities at a temperature, times its
/// square. Adds the derivative times `share`.
inline double distillation(const float* outputs, const float* teacher, Size count, double temperature, double share,
                           float* gradient) {
    std::vector<double> own(count), wanted(count);
    softmax_of(outputs, count, temperature, own.data());
    softmax_of(teacher, count, temperature, wanted.data());
    double loss = 0;
    for (Size i = 0; i < count; ++i) {
        loss -= wanted[i] * std::log(most(own[i], 1e-300));
        gradient[i] += static_cast<float>((own[i] - wanted[i]) * temperature * share);
    }
    return loss * temperature * temperature;
}

}}}  // namespace aquatint::train
