// SPDX-License-Identifier: BSL-1.0
// What the fits of all policies share: the error of given levels, and the search for the scale with the least of it.
#pragma once

#include <aquatint/policy/distribution.hpp>
#include <aquatint/policy/scale.hpp>

namespace aquatint { inline namespace v0 {

/// Square root by Newton's method, for fits: good to the last bits of a double.
constexpr double square_root(double x) {
    if (!(x > 0)) return 0;
    double root = std::bit_cast<double>((std::bit_cast<UInt64>(x) >> 1) + (UInt64(1023) << 51));
    for (int i = 0; i < 6; ++i) root = (root + x / root) / 2;
    return root;
}

/// Mean of the squared differences between samples and the levels that their codes mean; 0 for no samples. Those that are not
/// finite are left out.
template <Policy Reader>
constexpr double mean_square_error(VectorView<const float> samples, const typename Reader::Levels& levels) {
    double sum = 0;
    Size count = 0;
    for (const float x : samples) {
        if (!is_finite(x)) continue;
        ++count;
        const double difference = static_cast<double>(x) - static_cast<double>(Reader::decode(Reader::encode(x, levels), levels));
        sum += difference * difference;
    }
    return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

/// Whichever levels have the smaller error on the samples themselves; the first ones if equal.
template <Policy Reader>
constexpr typename Reader::Levels better_levels(VectorView<const float> samples, const typename Reader::Levels& first,
                                                const typename Reader::Levels& second) {
    return mean_square_error<Reader>(samples, second) < mean_square_error<Reader>(samples, first) ? second : first;
}

/// Levels unit * scale for some ascending units, with the error of the best codes.
struct ScaleTrial {
    double scale = 0;
    double error = -1;          ///< sum of squares; negative before the first trial
    double least_squares = 0;   ///< the best scale if the codes stayed as they are

    constexpr void keep_better(const ScaleTrial& other) {
        if (error < 0 || other.error < error) *this = other;
    }
};

/// Searches the scale for levels that are multiples of it, `units` (at least one of them not zero) in ascending order.
struct ScaleSearch {
    const Distribution& samples;
    VectorView<const double> units;

    constexpr ScaleTrial attempt(double scale) const {
        double product = 0, square = 0;
        const Size last = units.size - 1;
        const auto unit = [&](Size i) { return units[scale < 0 ? last - i : i]; };
        samples.assign(units.size, [&](Size i) { return scale * unit(i); }, [&](Size i, double count, double sum) {
            product += unit(i) * sum;
            square += unit(i) * unit(i) * count;
        });
        const double error = samples.squares - 2 * scale * product + scale * scale * square;
        return {scale, most(error, 0.0), square > 0 ? product / square : scale};
    }

    /// Alternates codes and least squares until that stops to help (Lloyd's algorithm).
    constexpr ScaleTrial refine(ScaleTrial best) const {
        for (int step = 0; step < 24; ++step) {
            const ScaleTrial next = attempt(best.least_squares);
            if (!(next.error < best.error)) break;
            best = next;
        }
        return best;
    }

    /// A geometric grid from above the scale that covers all samples down to a twenty-fifth of it, since a single outlier may
    /// cover the rest; then refinement of a finer grid about the best. Scales of one sign only: 1 or -1.
    constexpr ScaleTrial run(int sign = 1) const {
        double scale = 1.5 * sign * samples.largest() / most(-units[0], units[units.size - 1]);
        ScaleTrial best;
        for (int i = 0; i < 52; ++i, scale *= 0.93) best.keep_better(attempt(scale));
        const double middle = best.scale;
        for (int i = -4; i <= 4; ++i) best.keep_better(refine(attempt(middle * (1 + 0.01 * i))));
        return best;
    }
};

}}  // namespace aquatint::v0
