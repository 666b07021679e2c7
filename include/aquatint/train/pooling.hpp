// SPDX-License-Identifier: BSL-1.0
// Poolings in training, a sample at a time.
#pragma once

#include <cstring>

#include <aquatint/kernel/pooling.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Adds what each output passes back: to all inputs of its window alike, or to the largest, the first one if equal.
inline void pool_backward(const Pooling& pooling, Shape in, Shape out, const float* inputs, const float* output_gradient,
                          float* input_gradient) {
    const Geometry& g = pooling.geometry;
    const Size channels = in.channels;
    for (Size row = 0; row < out.height; ++row)
        for (Size column = 0; column < out.width; ++column, output_gradient += channels) {
            const ClippedSpan rows = clip(row, g.stride, g.kernel_height, g.padding_height, in.height);
            const ClippedSpan columns = clip(column, g.stride, g.kernel_width, g.padding_width, in.width);
            const float share = 1.0f / static_cast<float>(rows.count * columns.count);
            for (Size c = 0; c < channels; ++c) {
                Size best = 0;
                bool first = true;
                for (Size y = 0; y < rows.count; ++y)
                    for (Size x = 0; x < columns.count; ++x) {
                        const Size at = ((rows.first + y) * in.width + columns.first + x) * channels + c;
                        if (pooling.average) input_gradient[at] += output_gradient[c] * share;
                        else if (first || inputs[at] > inputs[best]) best = at;
                        first = false;
                    }
                if (!pooling.average) input_gradient[best] += output_gradient[c];
            }
        }
}

}}}  // namespace aquatint::train
