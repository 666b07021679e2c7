// SPDX-License-Identifier: BSL-1.0
// Softmax over the channels of each pixel.
#pragma once

#include <aquatint/base/math.hpp>
#include <aquatint/kernel/window.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Sums in the order of the channels; the largest input is subtracted first, so nothing overflows.
constexpr void softmax(const float* input, const Extent& in, float* output, const Extent& out) {
    for (Size row = 0; row < in.shape.height; ++row)
        for (Size column = 0; column < in.shape.width; ++column) {
            const float* from = input + in.at(row, column);
            float* to = output + out.at(row, column);
            float largest = from[0];
            for (Size c = 1; c < in.shape.channels; ++c) largest = from[c] > largest ? from[c] : largest;
            float sum = 0;
            for (Size c = 0; c < in.shape.channels; ++c) {
                to[c] = exponential(from[c] - largest);
                sum += to[c];
            }
            const float inverse = 1.0f / sum;
            for (Size c = 0; c < in.shape.channels; ++c) to[c] = to[c] * inverse;
        }
}

}}  // namespace aquatint
