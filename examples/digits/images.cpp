// SPDX-License-Identifier: BSL-1.0
// The pixels of a task in two numbers.
#include "images.hpp"

#include <cmath>

namespace digits {

aquatint::Normalization Task::normalization() const {
    double sum = 0, squares = 0;
    for (const Byte pixel : train.pixels) {
        const double x = pixel / 255.0;
        sum += x;
        squares += x * x;
    }
    const auto count = static_cast<double>(train.pixels.size());
    const double mean = sum / count, variance = squares / count - mean * mean;
    return {{static_cast<float>(mean)}, {static_cast<float>(std::sqrt(std::fmax(variance, 1e-6)))}};
}

}  // namespace digits
