// SPDX-License-Identifier: BSL-1.0
// Binary: two levels, plus and minus one scale.
#pragma once

#include <aquatint/policy/readings.hpp>
#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

/// One bit: code 1 is +scale, code 0 is -scale (XNOR-Net, BWN).
struct Binary {
    static constexpr unsigned bits = 1;
    static constexpr unsigned codes = 2;
    static constexpr char name[] = "binary/1";
    struct Levels {
        float scale = 1;   ///< negative swaps the meaning of the codes
    };

    static constexpr int integer(unsigned code) { return code != 0 ? 1 : -1; }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<Binary>(code, levels); }
    /// Zero of either sign gives code 1, NaN code 0.
    static constexpr unsigned encode(float x, Levels levels) { return levels.scale < 0 ? x <= 0 : x >= 0; }
    static constexpr bool valid(const Levels& levels) { return usable_scale(levels.scale); }

    /// The mean of |x| has the least mean-square error. There is no level zero: where all samples are zero the scale is 2^-100.
    static constexpr Levels fit(VectorView<const float> samples) {
        double sum = 0, count = 0;
        for (const float x : samples) {
            if (!is_finite(x)) continue;
            sum += static_cast<double>(magnitude(x));
            count += 1;
        }
        return {to_scale(count > 0 ? sum / count : 0.0)};
    }
};

}}  // namespace aquatint::v0
