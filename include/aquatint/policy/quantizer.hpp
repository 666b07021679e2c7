// SPDX-License-Identifier: BSL-1.0
// Quantizer<Policy, Granularity>: a policy, and who shares its levels; fit, encode and decode over the user's own memory.
#pragma once

#include <aquatint/base/error.hpp>
#include <aquatint/policy/fit.hpp>
#include <aquatint/policy/granularity.hpp>
#include <aquatint/policy/real.hpp>

namespace aquatint { inline namespace v0 {

/// Quantizes matrices of [outputs][inputs], or vectors as one row of them. Codes take a byte each here; `Packed` is their dense
/// form. Where an Error comes back, what was written is unspecified.
template <class PolicyType, class GranularityType = PerTensor>
struct Quantizer {
    static_assert(Policy<PolicyType>,
                  "aquatint: the first argument of Quantizer is a policy: bits, codes, name, Levels, encode, decode");
    using Reader = typename PolicyOrReal<PolicyType>::type;
    using Granularity = GranularityType;
    using Levels = typename Reader::Levels;

    static constexpr bool fits_a_byte = Reader::codes <= 256;

    static constexpr Size levels_count(Size outputs, Size inputs) { return Granularity::count(outputs, inputs); }

    static constexpr unsigned encode(float x, const Levels& levels) { return Reader::encode(x, levels); }
    static constexpr float decode(unsigned code, const Levels& levels) { return Reader::decode(code, levels); }

    /// Fits the levels of each group by `fitter(samples)`, by default `fit<Policy>`. What shares levels must lie in one piece
    /// of memory.
    template <class Fitter>
    static constexpr Error fit(MatrixView<const float> weights, VectorView<Levels> levels, Fitter fitter) {
        if (const Error e = disagreement(weights, weights, levels.size)) return e;
        if (weights.rows * weights.columns == 0) return error("there is nothing to fit", "weights");
        if (const Error e = not_finite(weights)) return e;
        VectorView<const float> samples(weights.data, 0);
        Size group = 0;
        for (Size output = 0; output < weights.rows; ++output) {
            for (Size input = 0; input < weights.columns; ++input) {
                const Size next = Granularity::group(output, input, weights.columns);
                const float* here = &weights[output][input];
                if (next == group && here == samples.end()) {
                    ++samples.size;
                    continue;
                }
                if (next != group + 1) return error("what shares levels lies in one piece of memory", "weights");
                levels[group] = fitter(samples);
                samples = {here, 1};
                group = next;
            }
        }
        levels[group] = fitter(samples);
        return {};
    }
    static constexpr Error fit(MatrixView<const float> weights, VectorView<Levels> levels) {
        return fit(weights, levels, aquatint::fit<Reader>);
    }

    static constexpr Error encode(MatrixView<const float> weights, VectorView<const Levels> levels, MatrixView<Byte> codes)
        requires fits_a_byte
    {
        if (const Error e = disagreement(weights, codes, levels.size)) return e;
        for_each(weights, levels, [&](Size output, Size input, const Levels& shared) {
            codes[output][input] = static_cast<Byte>(Reader::encode(weights[output][input], shared));
        });
        return {};
    }
    static constexpr Error decode(MatrixView<const Byte> codes, VectorView<const Levels> levels, MatrixView<float> weights)
        requires fits_a_byte
    {
        if (const Error e = disagreement(codes, weights, levels.size)) return e;
        Size unknown = 0;
        for_each(codes, levels, [&](Size output, Size input, const Levels& shared) {
            const unsigned code = codes[output][input];
            if (code < Reader::codes) weights[output][input] = Reader::decode(code, shared);
            else unknown = code;
        });
        if (unknown != 0)
            return error("a code has no level", "codes", static_cast<Int64>(Reader::codes) - 1, static_cast<Int64>(unknown));
        return {};
    }
    /// What is left of the weights after encode and decode; may be done in place.
    static constexpr Error round_trip(MatrixView<const float> weights, VectorView<const Levels> levels,
                                      MatrixView<float> outputs) {
        if (const Error e = disagreement(weights, outputs, levels.size)) return e;
        for_each(weights, levels, [&](Size output, Size input, const Levels& shared) {
            outputs[output][input] = Reader::decode(Reader::encode(weights[output][input], shared), shared);
        });
        return {};
    }
    /// Mean of the squared differences between the weights and their round trip.
    static constexpr Result<double> mean_square_error(MatrixView<const float> weights, VectorView<const Levels> levels) {
        if (const Error e = disagreement(weights, weights, levels.size)) return e;
        double sum = 0;
        for_each(weights, levels, [&](Size output, Size input, const Levels& shared) {
            const float x = weights[output][input];
            const double lost = static_cast<double>(x) - static_cast<double>(Reader::decode(Reader::encode(x, shared), shared));
            sum += lost * lost;
        });
        const Size count = weights.rows * weights.columns;
        return count == 0 ? 0.0 : sum / static_cast<double>(count);
    }

    static constexpr Error fit(VectorView<const float> weights, VectorView<Levels> levels) { return fit(row(weights), levels); }
    static constexpr Error encode(VectorView<const float> weights, VectorView<const Levels> levels, VectorView<Byte> codes)
        requires fits_a_byte
    {
        return encode(row(weights), levels, row(codes));
    }
    static constexpr Error decode(VectorView<const Byte> codes, VectorView<const Levels> levels, VectorView<float> weights)
        requires fits_a_byte
    {
        return decode(row(codes), levels, row(weights));
    }
    static constexpr Error round_trip(VectorView<const float> weights, VectorView<const Levels> levels,
                                      VectorView<float> outputs) {
        return round_trip(row(weights), levels, row(outputs));
    }
    static constexpr Result<double> mean_square_error(VectorView<const float> weights, VectorView<const Levels> levels) {
        return mean_square_error(row(weights), levels);
    }

private:
    template <class Element>
    static constexpr MatrixView<Element> row(VectorView<Element> elements) {
        return {elements.data, 1, elements.size};
    }

    template <class Element, class Action>
    static constexpr void for_each(MatrixView<Element> elements, VectorView<const Levels> levels, Action action) {
        for (Size output = 0; output < elements.rows; ++output)
            for (Size input = 0; input < elements.columns; ++input)
                action(output, input, levels[Granularity::group(output, input, elements.columns)]);
    }

    template <class From, class To>
    static constexpr Error disagreement(MatrixView<From> from, MatrixView<To> to, Size levels) {
        if (to.rows != from.rows)
            return error("input and output have as many rows", "", static_cast<Int64>(from.rows), static_cast<Int64>(to.rows));
        if (to.columns != from.columns)
            return error("input and output have as many columns", "", static_cast<Int64>(from.columns),
                         static_cast<Int64>(to.columns));
        const Size expected = levels_count(from.rows, from.columns);
        if (levels != expected)
            return error("granularity and shape say how many levels there are", "levels", static_cast<Int64>(expected),
                         static_cast<Int64>(levels));
        return {};
    }

    static constexpr Error not_finite(MatrixView<const float> weights) {
        for (Size output = 0; output < weights.rows; ++output) {
            for (Size input = 0; input < weights.columns; ++input) {
                if (is_finite(weights[output][input])) continue;
                Error e = error("weights to fit are finite", "weights", "finite numbers", "NaN or infinity at output ");
                e.found.append_number(static_cast<Int64>(output)).append(", input ").append_number(static_cast<Int64>(input));
                return e;
            }
        }
        return {};
    }
};

}}  // namespace aquatint::v0
