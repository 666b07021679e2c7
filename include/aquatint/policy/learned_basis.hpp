// SPDX-License-Identifier: BSL-1.0
// LearnedBasis<K>: all sums of K learned numbers with signs, the quantizer of LQ-Nets.
#pragma once

#include <aquatint/base/indices.hpp>
#include <aquatint/base/text.hpp>
#include <aquatint/policy/qem.hpp>
#include <aquatint/policy/readings.hpp>
#include <type_traits>

namespace aquatint { inline namespace v0 {

struct Unipolar {};   ///< planes of {0, 1} instead of {-1, +1}: for activations after a Relu, zero is a level
struct Offset {};     ///< one more learned number, added to every level

/// The basis in integers of one scale. An odd basis is filled up with a zero, so that there is no hidden padding.
template <unsigned Planes, bool HasOffset, class Entries = IndicesBelow<Planes + Planes % 2>>
struct BasisLevels;
template <unsigned Planes, Size... Index>
struct BasisLevels<Planes, false, Indices<Index...>> {
    float scale = 1;
    Int16 basis[sizeof...(Index)] = {Index < Planes ? 1 << Index : 0 ...};
};
template <unsigned Planes, Size... Index>
struct BasisLevels<Planes, true, Indices<Index...>> {
    float scale = 1;
    Int32 offset = 0;   ///< in units of the scale
    Int16 basis[sizeof...(Index)] = {Index < Planes ? 1 << Index : 0 ...};
};

/// level = scale * (sum over k of basis[k] * plane(code, k) + offset); bit k of the code says which of its two digits plane k has
/// (Zhang et al., "LQ-Nets", 2018). Options, in any order: Unipolar, Offset.
template <unsigned Planes, class... Options>
struct LearnedBasis {
    static_assert(Planes >= 1 && Planes <= 4, "aquatint: LearnedBasis<K> takes 1 to 4 planes");
    static_assert(((std::same_as<Options, Unipolar> || std::same_as<Options, Offset>) && ...),
                  "aquatint: the options of LearnedBasis are Unipolar and Offset");
    static constexpr bool unipolar = (std::same_as<Options, Unipolar> || ...);
    static constexpr bool has_offset = (std::same_as<Options, Offset> || ...);
    static constexpr unsigned bits = Planes;
    static constexpr unsigned codes = 1u << Planes;
    static constexpr unsigned planes = Planes;
    static constexpr Text<20> label =
        Text<20>("learned_basis").append_number(Planes).append(unipolar ? "u" : "").append(has_offset ? "o" : "").append("/1");
    static constexpr const char* name = label.c_str();
    using Levels = BasisLevels<Planes, has_offset>;
    using Fitter = Qem<Planes, unipolar ? 0 : -1, has_offset>;
    using AsActivation = std::conditional_t<unipolar, LearnedBasis, LearnedBasis<Planes, Unipolar, Options...>>;

    static constexpr int plane(unsigned code, unsigned index) { return Fitter::digit(code, index); }
    static constexpr float decode(unsigned code, const Levels& levels) { return level_of<LearnedBasis>(code, levels); }
    /// Nearest level, exactly: a level begins above the middle between it and the one below, so ties take the lower level. Of
    /// equal levels the lowest code; NaN is taken for zero.
    static constexpr unsigned encode(float x, const Levels& levels) {
        const double twice = x == x ? 2 * static_cast<double>(x) : 0.0;
        double level = static_cast<double>(decode(0, levels));
        unsigned nearest = 0;
        for (unsigned code = 1; code < codes; ++code) {
            const double other = static_cast<double>(decode(code, levels));
            const bool above = twice > level + other;   // of the two the higher one is nearer
            if (other > level ? !above : other == level || above) continue;
            level = other;
            nearest = code;
        }
        return nearest;
    }
    /// The largest float that `encode` gives to `lower`, of two levels with none between them.
    static constexpr float last_of(float lower, float higher) {
        return float_not_above((static_cast<double>(lower) + static_cast<double>(higher)) / 2);
    }
    /// Whole levels below 2^24, which a float holds exactly.
    static constexpr bool valid(const Levels& levels) {
        Int64 reach = 0;
        for (unsigned k = 0; k < planes; ++k) reach += magnitude(static_cast<Int64>(levels.basis[k]));
        if constexpr (has_offset) reach += magnitude(static_cast<Int64>(levels.offset));
        return usable_scale(levels.scale) && reach < (1 << 24);
    }

    /// The least mean-square error that QEM finds, in integers: levels of weights stay below 2^basis_bits in magnitude (12
    /// suits 1,152 inputs of 8 bits in a 32-bit accumulator); sums of unipolar planes do too, so that by default they are
    /// bytes. At most 15. Where all samples are zero the basis is 1, 2, 4, 8 and the scale 1 if zero is a level, else 2^-100.
    static constexpr Levels fit(VectorView<const float> samples, unsigned basis_bits = unipolar ? 8 : 12) {
        const Distribution distribution(samples);
        Levels levels{};
        if (!unipolar) levels.scale = least_scale;
        if (distribution.largest() == 0) return levels;
        const Int32 limit = (1 << least(most(basis_bits, 1u), 15u)) - 1;
        const auto found = Fitter::to_integers(distribution, Fitter::fit(distribution), limit);
        if (!(found.scale > 0)) return levels;
        levels.scale = to_scale(found.scale);
        for (unsigned k = 0; k < planes; ++k) levels.basis[k] = static_cast<Int16>(found.weight[k]);
        if constexpr (has_offset) levels.offset = found.weight[planes];
        return levels;
    }
};

}}  // namespace aquatint::v0
