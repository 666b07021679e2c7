// SPDX-License-Identifier: BSL-1.0
// What follows a step's sums: BatchNorm, the end of a residual branch, the activation. Forward and back, a sample at a time.
#pragma once

#include <aquatint/kernel/geometry.hpp>
#include <aquatint/train/lanes.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// y = sum * scale + offset + shortcut, then the activation of y. By channel; nullptr where there is none.
struct Finish {
    Size pixels = 0, channels = 0;
    Pointwise pointwise;
    const float* scale = nullptr;
    const float* offset = nullptr;     ///< of BatchNorm, or the bias
    const float* positive = nullptr;   ///< learned slopes
    const float* negative = nullptr;

    bool slopes() const { return positive != nullptr || negative != nullptr || pointwise.fixed_negative_slope != 1.0f; }

    void forward(const float* sums, const float* shortcut, float* to) const {
        by_channels(channels, [&]<class Numbers, Size Count>(Size channel) {
            const Slopes<Numbers, Count> own(*this, channel);
            for (Size pixel = 0; pixel < pixels; ++pixel) {
                const Size at = pixel * channels + channel;
                for (Size i = 0; i < Count; ++i) {
                    const Size here = at + i * width<Numbers>;
                    Numbers y = own.affine(i, load<Numbers>(sums + here));
                    if (shortcut != nullptr) y += load<Numbers>(shortcut + here);
                    if (own.any) y = larger(y, Numbers{}) * own.positive[i] + smaller(y, Numbers{}) * own.negative[i];
                    store(to + here, smaller(larger(y, own.low), own.high));
                }
            }
        });
    }

    /// What the channels' gradients need, added up over pixels.
    struct Sums {
        double* gradient = nullptr;   ///< of y
        double* gradient_times_sum = nullptr;
        double* positive = nullptr;
        double* negative = nullptr;
    };
    /// From the gradient of the result to that of y, in place.
    void backward(const float* sums, const float* shortcut, const float* result, float* gradient, const Sums& totals) const {
        by_channels(channels, [&]<class Numbers, Size Count>(Size channel) {
            const Slopes<Numbers, Count> own(*this, channel);
            Numbers total[Count]{}, product[Count]{}, above[Count]{}, below[Count]{};
            for (Size pixel = 0; pixel < pixels; ++pixel) {
                const Size at = pixel * channels + channel;
                for (Size i = 0; i < Count; ++i) {
                    const Size here = at + i * width<Numbers>;
                    const Numbers a = load<Numbers>(result + here), sum = load<Numbers>(sums + here), zero{};
                    Numbers g = load<Numbers>(gradient + here);
                    if (own.clamps) g = a > own.low ? (a < own.high ? g : zero) : zero;
                    if (own.any) {
                        Numbers y = own.affine(i, sum);
                        if (shortcut != nullptr) y += load<Numbers>(shortcut + here);
                        above[i] += g * larger(y, zero);
                        below[i] += g * smaller(y, zero);
                        g = g * (y > zero ? own.positive[i] : own.negative[i]);
                    }
                    total[i] += g;
                    product[i] += g * sum;
                    store(gradient + here, g);
                }
            }
            for (Size i = 0; i < Count; ++i) {
                const Size c = channel + i * width<Numbers>;
                if (totals.gradient != nullptr) add_lanes(total[i], totals.gradient + c);
                if (totals.gradient_times_sum != nullptr) add_lanes(product[i], totals.gradient_times_sum + c);
                if (totals.positive != nullptr) add_lanes(above[i], totals.positive + c);
                if (totals.negative != nullptr) add_lanes(below[i], totals.negative + c);
            }
        });
    }

    /// The sums' mean and variance are made of these, added to by channel.
    void add_moments(const float* sums, double* sum, double* square) const {
        by_channels(channels, [&]<class Numbers, Size Count>(Size channel) {
            Numbers total[Count]{}, squares[Count]{};
            for (Size pixel = 0; pixel < pixels; ++pixel)
                for (Size i = 0; i < Count; ++i) {
                    const Numbers x = load<Numbers>(sums + pixel * channels + channel + i * width<Numbers>);
                    total[i] += x;
                    squares[i] += x * x;
                }
            for (Size i = 0; i < Count; ++i) {
                add_lanes(total[i], sum + channel + i * width<Numbers>);
                add_lanes(squares[i], square + channel + i * width<Numbers>);
            }
        });
    }

private:
    template <class Numbers>
    static constexpr Size width = sizeof(Numbers) / sizeof(float);

    template <class Numbers, Size Count>
    struct Slopes {
        Numbers scale[Count], offset[Count], positive[Count], negative[Count];
        Numbers low, high;
        bool has_scale, has_offset, any, clamps;

        Slopes(const Finish& finish, Size channel)
            : low(all<Numbers>(finish.pointwise.low)), high(all<Numbers>(finish.pointwise.high)),
              has_scale(finish.scale != nullptr), has_offset(finish.offset != nullptr), any(finish.slopes()),
              clamps(finish.pointwise.bounded_below() || finish.pointwise.bounded_above()) {
            for (Size i = 0; i < Count; ++i) {
                const Size c = channel + i * width<Numbers>;
                scale[i] = has_scale ? load<Numbers>(finish.scale + c) : all<Numbers>(1);
                offset[i] = has_offset ? load<Numbers>(finish.offset + c) : Numbers{};
                positive[i] = finish.positive != nullptr ? load<Numbers>(finish.positive + c) : all<Numbers>(1);
                negative[i] = finish.negative != nullptr ? load<Numbers>(finish.negative + c)
                                                         : all<Numbers>(finish.pointwise.fixed_negative_slope);
            }
        }
        AQUATINT_INLINE Numbers affine(Size i, Numbers sum) const {
            if (has_scale) return sum * scale[i] + offset[i];
            return has_offset ? sum + offset[i] : sum;
        }
    };
};

}}}  // namespace aquatint::train
