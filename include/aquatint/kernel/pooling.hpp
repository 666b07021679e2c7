// SPDX-License-Identifier: BSL-1.0
// Pooling on codes and on numbers. Windows are clipped at the border: padding never enters a result.
#pragma once

#include <aquatint/base/fma.hpp>
#include <aquatint/base/round.hpp>
#include <aquatint/kernel/copy.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// The part of a window that lies inside the image.
struct ClippedSpan {
    Size first, count;
};
constexpr ClippedSpan clip(Size output, Size stride, Size kernel, Size padding, Size length) {
    const Size start = output * stride;
    const Size end = least(start + kernel, length + padding);
    const Size first = start > padding ? start - padding : 0;
    return {first, end - padding - first};
}

/// The mean of codes is a code: rounded to the nearest, ties to even. The mean of numbers: their sum in row order times 1/count.
constexpr Byte mean(Int32 sum, Size count) {
    return static_cast<Byte>(round_even(static_cast<float>(sum) * (1.0f / static_cast<float>(count))));
}
constexpr float mean(float sum, Size count) { return sum * (1.0f / static_cast<float>(count)); }

template <class Element>
constexpr void pool(const Pooling& pooling, const Element* input, const Extent& in, Element* output, const Extent& out) {
    using Sum = std::conditional_t<std::is_same_v<Element, float>, float, Int32>;
    const Geometry& g = pooling.geometry;
    const Size channels = in.shape.channels;
    constexpr Size lanes = 16;
    for (Size row = 0; row < out.shape.height; ++row)
        for (Size column = 0; column < out.shape.width; ++column) {
            const ClippedSpan rows = clip(row, g.stride, g.kernel_height, g.padding_height, in.shape.height);
            const ClippedSpan columns = clip(column, g.stride, g.kernel_width, g.padding_width, in.shape.width);
            Element* to = output + out.at(row, column);
            for (Size first = 0; first < channels; first += lanes) {
                const Size count = least(lanes, channels - first);
                Sum sums[lanes]{};
                for (Size y = 0; y < rows.count; ++y)
                    for (Size x = 0; x < columns.count; ++x) {
                        const Element* from = input + in.at(rows.first + y, columns.first + x) + first;
                        const bool start = y == 0 && x == 0;
                        if (pooling.average)
                            for (Size lane = 0; lane < count; ++lane) sums[lane] += static_cast<Sum>(from[lane]);
                        else
                            for (Size lane = 0; lane < count; ++lane) {
                                const Sum value = static_cast<Sum>(from[lane]);
                                sums[lane] = start || value > sums[lane] ? value : sums[lane];
                            }
                    }
                for (Size lane = 0; lane < count; ++lane)
                    to[first + lane] =
                        pooling.average ? mean(sums[lane], rows.count * columns.count) : static_cast<Element>(sums[lane]);
            }
        }
}

}}  // namespace aquatint
