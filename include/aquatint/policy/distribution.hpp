// SPDX-License-Identifier: BSL-1.0
// The distribution of a set of samples, sorted and summed up, so that a fit can try many sets of levels cheaply.
#pragma once

#include <aquatint/base/round.hpp>
#include <aquatint/base/view.hpp>

namespace aquatint { inline namespace v0 {

/// Samples in ascending order with running counts and sums: the error of a set of levels then costs one search per level
/// instead of one pass over the samples. Exact up to `capacity` samples; beyond that neighbours share a point, whose count and
/// sum stay exact. Samples that are not finite are left out. Takes 40 KiB, on the stack of whoever fits.
struct Distribution {
    static constexpr Size capacity = 2048;

    Size points = 0;
    double squares = 0;             ///< sum of all squared samples
    float value[capacity]{};        ///< ascending
    double count[capacity + 1]{};   ///< samples before point i
    double sum[capacity + 1]{};     ///< their sum

    constexpr explicit Distribution(VectorView<const float> samples) {
        Size finite = 0;
        float low = 0, high = 0;
        for (const float x : samples) {
            if (!is_finite(x)) continue;
            low = finite == 0 ? x : least(low, x);
            high = finite == 0 ? x : most(high, x);
            squares += static_cast<double>(x) * static_cast<double>(x);
            ++finite;
        }
        if (finite == 0) return;
        if (finite <= capacity) keep(samples);
        else merge(samples, static_cast<double>(low), static_cast<double>(high), static_cast<double>(finite));
        for (Size i = 0; i < points; ++i) {   // per point -> before point
            count[i + 1] += count[i];
            sum[i + 1] += sum[i];
        }
    }

    constexpr bool empty() const { return points == 0; }
    constexpr double total() const { return count[points]; }
    constexpr double mean() const { return sum[points] / count[points]; }
    constexpr double lowest() const { return empty() ? 0.0 : static_cast<double>(value[0]); }
    constexpr double highest() const { return empty() ? 0.0 : static_cast<double>(value[points - 1]); }
    constexpr double largest() const { return most(-lowest(), highest()); }   ///< largest magnitude

    /// The value that `fraction` (0 to 1) of the samples do not exceed.
    constexpr double quantile(double fraction) const {
        Size low = 0, high = empty() ? 0 : points - 1;
        while (low < high) {
            const Size middle = (low + high) / 2;
            if (count[middle + 1] < fraction * total()) low = middle + 1;
            else high = middle;
        }
        return static_cast<double>(value[low]);
    }

    /// The first point from `from` on that lies above the threshold: strides double until they pass it, then halve.
    constexpr Size first_above(double threshold, Size from) const {
        Size low = from, stride = 1;
        while (low + stride <= points && static_cast<double>(value[low + stride - 1]) <= threshold) {
            low += stride;
            stride *= 2;
        }
        Size high = least(low + stride - 1, points);
        while (low < high) {
            const Size middle = (low + high) / 2;
            if (static_cast<double>(value[middle]) <= threshold) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// Gives each sample to the nearest of `levels` ascending levels, ties to the lower, and calls visit(index, count, sum) for
    /// each level that got any.
    template <class LevelAt, class Visit>
    constexpr void assign(Size levels, LevelAt level, Visit visit) const {
        Size begin = 0;
        for (Size i = 0; i < levels && begin < points; ++i) {
            const Size end = i + 1 < levels ? first_above((level(i) + level(i + 1)) / 2, begin) : points;
            if (end > begin) visit(i, count[end] - count[begin], sum[end] - sum[begin]);
            begin = end;
        }
    }

private:
    constexpr void append(float x, double number, double amount) {
        value[points++] = x;
        count[points] = number;
        sum[points] = amount;
    }

    constexpr void keep(VectorView<const float> samples) {
        for (const float x : samples)
            if (is_finite(x)) value[points++] = x;
        constexpr Size gaps[] = {701, 301, 132, 57, 23, 10, 4, 1};   // Shell's sort with Ciura's gaps
        for (const Size gap : gaps) {
            for (Size i = gap; i < points; ++i) {
                const float x = value[i];
                Size hole = i;
                for (; hole >= gap && x < value[hole - gap]; hole -= gap) value[hole] = value[hole - gap];
                value[hole] = x;
            }
        }
        for (Size i = 0; i < points; ++i) {
            count[i + 1] = 1;
            sum[i + 1] = static_cast<double>(value[i]);
        }
    }

    /// Half of the points are spread evenly over the range and half evenly over the samples, so that a few outliers do not blur
    /// the rest: a coarse histogram gives the density, its running mean with the straight line says where a point ends.
    constexpr void merge(VectorView<const float> samples, double low, double high, double finite) {
        constexpr Size coarse = 512;
        double start[coarse + 1]{};
        const double per_unit = high > low ? static_cast<double>(coarse) / (high - low) : 0.0;
        const auto place = [&](float x) { return (static_cast<double>(x) - low) * per_unit; };
        const auto slot = [](double position, Size slots) { return least(static_cast<Size>(position), slots - 1); };
        for (const float x : samples)
            if (is_finite(x)) start[slot(place(x), coarse) + 1] += 1;
        for (Size i = 0; i < coarse; ++i) start[i + 1] += start[i];
        for (Size i = 0; i <= coarse; ++i)
            start[i] =
                static_cast<double>(capacity) / 2 * (start[i] / finite + static_cast<double>(i) / static_cast<double>(coarse));
        for (const float x : samples) {
            if (!is_finite(x)) continue;
            const Size i = slot(place(x), coarse);
            const double within = place(x) - static_cast<double>(i);
            const Size point = slot(start[i] + within * (start[i + 1] - start[i]), capacity);
            count[point + 1] += 1;
            sum[point + 1] += static_cast<double>(x);
        }
        for (Size i = 0; i < capacity; ++i)
            if (count[i + 1] > 0) append(static_cast<float>(sum[i + 1] / count[i + 1]), count[i + 1], sum[i + 1]);
    }
};

}}  // namespace aquatint::v0
