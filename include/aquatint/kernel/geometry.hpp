// SPDX-License-Identifier: BSL-1.0
// What a layer computes, in numbers: the window that slides, a product with weights, a pooling, a function of single values.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/base/shape.hpp>

namespace aquatint { inline namespace v0 {

/// A window that slides over height and width. Options are words that write into it, in any order.
struct Geometry {
    Size kernel_height = 1, kernel_width = 1;
    Size stride = 1;
    Size dilation = 1;
    Size groups = 1;
    Size padding_height = 0, padding_width = 0;
    bool padding_said = false;

    constexpr Size reach_height() const { return dilation * (kernel_height - 1) + 1; }
    constexpr Size reach_width() const { return dilation * (kernel_width - 1) + 1; }
    constexpr bool fits(Shape in) const {
        return in.height + 2 * padding_height >= reach_height() && in.width + 2 * padding_width >= reach_width();
    }
    constexpr Shape output(Shape in, Size channels) const {
        return {(in.height + 2 * padding_height - reach_height()) / stride + 1,
                (in.width + 2 * padding_width - reach_width()) / stride + 1, channels};
    }
};

/// Every output is a sum over the window of weights times inputs. With `groups`, outputs and inputs fall into as many parts, and
/// an output sees its own part only; `groups == channels` is depthwise.
struct Product {
    Geometry geometry;
    Size outputs = 0;
    bool reads_vector = false;   ///< a dense layer: refuses an image that was not flattened
};

struct Pooling {
    Geometry geometry;
    bool average = false;
    bool whole = false;   ///< the window is the image
};

/// A function of single values: affine by channel, then slopes for either sign, then a clamp.
struct Pointwise {
    bool affine = false;             ///< learned scale and offset by channel
    bool positive_slope = false;     ///< learned by channel
    bool negative_slope = false;     ///< learned by channel
    float fixed_negative_slope = 1;
    float low = -3.4e38f;
    float high = 3.4e38f;

    // Always inline: a row of inputs leaves no time to ask what the caller's constants say.
    AQUATINT_INLINE constexpr bool bounded_below() const { return low > -3e38f; }
    AQUATINT_INLINE constexpr bool bounded_above() const { return high < 3e38f; }
    /// Negative numbers have slopes of their own.
    AQUATINT_INLINE constexpr bool sloped() const { return negative_slope || fixed_negative_slope != 1.0f; }
    /// Some numbers have slopes.
    AQUATINT_INLINE constexpr bool has_slopes() const { return sloped() || positive_slope; }
    AQUATINT_INLINE constexpr bool activation() const { return has_slopes() || bounded_below() || bounded_above(); }
};

}}  // namespace aquatint::v0
