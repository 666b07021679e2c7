// SPDX-License-Identifier: BSL-1.0
// Fits the levels of any policy to samples: by the policy's own fit, else by a search for its scale.
#pragma once

#include <aquatint/policy/search.hpp>

namespace aquatint { inline namespace v0 {

template <class Candidate>
concept FitsItself = Policy<Candidate> && requires(VectorView<const float> samples) {
    { Candidate::fit(samples) } -> std::same_as<typename Candidate::Levels>;
};

/// Policies whose levels grow with one scale, few enough to be tried: what the general fit needs.
template <class Candidate>
concept ScalesItsLevels = Policy<Candidate> && (Candidate::codes <= 256) && requires(typename Candidate::Levels levels) {
    levels.scale = 0.5f;
};

/// The scale with the least mean-square error, all other members of `Levels` as they are by default. Where all samples are
/// zero: 1 if zero is a level, else 2^-100.
template <ScalesItsLevels Reader>
constexpr typename Reader::Levels fit_scale(VectorView<const float> samples) {
    constexpr unsigned codes = static_cast<unsigned>(Reader::codes);
    typename Reader::Levels levels{};
    levels.scale = 1;
    double units[codes]{};
    bool has_zero = false;
    for (unsigned code = 0; code < codes; ++code) {
        const double unit = static_cast<double>(Reader::decode(code, levels));
        unsigned place = code;
        for (; place > 0 && unit < units[place - 1]; --place) units[place] = units[place - 1];
        units[place] = unit;
        has_zero |= unit == 0;
    }
    const Distribution distribution(samples);
    const double reach = most(-units[0], units[codes - 1]);
    if (distribution.largest() == 0 || !(reach > 0)) {
        levels.scale = has_zero ? 1.0f : least_scale;
        return levels;
    }
    const ScaleSearch search{distribution, units};
    levels.scale = to_scale(distribution.largest() / reach);
    for (int sign = 1; sign >= -1; sign -= 2) {   // a policy that cannot encode by a negative scale shows it in the error
        typename Reader::Levels other = levels;
        other.scale = to_scale(search.run(sign).scale);
        levels = better_levels<Reader>(samples, levels, other);
    }
    return levels;
}

/// Levels for these samples: `Policy::fit`, by default the least mean-square error. Samples that are not finite are left out.
template <Policy Reader>
constexpr typename Reader::Levels fit(VectorView<const float> samples) {
    static_assert(
        FitsItself<Reader> || ScalesItsLevels<Reader>,
        "aquatint: to be fitted a policy has either fit(samples) of its own, or Levels with a float scale and at most 256 codes");
    if constexpr (FitsItself<Reader>) return Reader::fit(samples);
    else if constexpr (ScalesItsLevels<Reader>) return fit_scale<Reader>(samples);
    else return {};
}

}}  // namespace aquatint::v0
