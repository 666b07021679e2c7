// SPDX-License-Identifier: BSL-1.0
// Levels from an untrusted source: usable scales, zero points that are codes, bases that the accumulator can hold.
#pragma once

#include <aquatint/io/particulars.hpp>
#include <aquatint/io/refusals.hpp>
#include <aquatint/kernel/copy.hpp>
#include <aquatint/policy/byte_reading.hpp>
#include <aquatint/policy/scale.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// A number as it stands in a file, whatever its address.
template <class Value>
constexpr Value read_value(const Byte* bytes) {
    struct Image {
        Byte bytes[sizeof(Value)];
    } image{};
    copy(bytes, sizeof(Value), image.bytes);
    return std::bit_cast<Value>(image);
}

constexpr Error check_scale(float scale, const NetworkPlace& place, Size index) {
    if (usable_scale(scale)) return {};
    return refused_for(refusal::scale, place.element(index), Particular("a magnitude from 2^-100 to 2^100"), as_real(scale));
}

/// The largest magnitude that a sum of planes with its offset can have, in steps.
template <PlaneReading Reader>
constexpr Int64 plane_reach(const typename Reader::Levels& levels) {
    constexpr Int64 digit = most(Terms<Reader>::highest_digit, -Terms<Reader>::lowest_digit);
    Int64 reach = 0;
    for (unsigned plane = 0; plane < Reader::planes; ++plane) reach += magnitude(static_cast<Int64>(levels.basis[plane])) * digit;
    if constexpr (Terms<Reader>::has_offset) reach += magnitude(static_cast<Int64>(levels.offset));
    return reach;
}
/// Entries of the basis that no plane uses.
template <PlaneReading Reader>
constexpr bool filled_with_zero(const typename Reader::Levels& levels) {
    for (Size entry = Reader::planes; entry < sizeof(levels.basis) / sizeof(levels.basis[0]); ++entry)
        if (levels.basis[entry] != 0) return false;
    return true;
}

template <Policy Reader>
constexpr bool shifts_by_codes() {
    if constexpr (IntegerReading<Reader>) return Terms<Reader>::has_zero;
    else return false;
}
/// What holds for the levels of a policy wherever they are used. A policy whose levels can be more than its decode stands offers
/// `valid(levels)`; of one that does not all levels have to be finite.
template <Policy Reader>
constexpr Error check_levels(const typename Reader::Levels& levels, const NetworkPlace& place, Size index) {
    using Levels = typename Reader::Levels;
    if constexpr (requires(Levels known) { known.scale; })
        if (const Error problem = check_scale(levels.scale, place, index)) return problem;
    if constexpr (shifts_by_codes<Reader>()) {
        constexpr int lowest = Terms<Reader>::lowest_digit, highest = Terms<Reader>::highest_digit;
        if (levels.zero < lowest || levels.zero > highest)
            return refused_for(refusal::zero_point, place.element(index),
                               Particular().append_number(lowest).append(" to ").append_number(highest),
                               Particular().append_number(levels.zero));
    }
    if constexpr (PlaneReading<Reader>) {
        constexpr Int64 whole_floats = 1 << 24;
        if (const Int64 reach = plane_reach<Reader>(levels); reach >= whole_floats)
            return refused_for(refusal::basis_reach, place.element(index), Particular("less than ").append_number(whole_floats),
                               Particular().append_number(reach));
        if (!filled_with_zero<Reader>(levels)) return error(refusal::parameters_padding, place.element(index).c_str());
    }
    if (!valid_levels<Reader>(levels)) return error(refusal::levels, place.element(index).c_str(), Reader::name, "");
    if constexpr (!requires { Reader::valid(levels); } && Reader::codes <= 256)
        for (unsigned code = 0; code < Reader::codes; ++code)
            if (const float level = Reader::decode(code, levels); !is_finite(level))
                return refused_for(refusal::level_not_finite, place.element(index), {}, as_real(level));
    return {};
}

/// Levels of what flows between steps. Where they are read as bytes, every level is one.
template <Policy Reader, bool Codes>
constexpr Error check_activation_levels(const typename Reader::Levels& levels, const NetworkPlace& place, Size index) {
    if (const Error problem = check_levels<Reader>(levels, place, index)) return problem;
    if constexpr (requires { levels.scale > 0; })
        if (!(levels.scale > 0)) return refused_for(refusal::negative_scale, place.element(index), {}, as_real(levels.scale));
    if constexpr (Codes)
        if (const Int32 steps = ByteLevels<Reader>::beyond(levels); steps != 0)
            return refused_for(refusal::byte_levels, place.element(index),
                               Particular("0 to ").append_number(ByteLevels<Reader>::highest_byte),
                               Particular().append_number(steps));
    return {};
}

/// What an integer product makes of its weights: how many inputs an output sums, how large they can be.
struct IntegerSums {
    Size inputs = 0;
    int highest_input = 255;
};

/// Levels of weights in integer arithmetic. Only a basis can leave the accumulator: of everything else the type knows the bound.
template <Policy Weight>
constexpr Error check_accumulator(const typename Weight::Levels& levels, const IntegerSums& sums, const NetworkPlace& place,
                                  Size index) {
    if constexpr (PlaneReading<Weight>) {
        const UInt64 reach = static_cast<UInt64>(plane_reach<Weight>(levels));
        if (reach > largest_joined)
            return refused_for(refusal::basis_reach, place.element(index),
                               Particular("at most ").append_number(Int64{largest_joined}), as_number(reach));
        const UInt64 bound = reach * static_cast<UInt64>(sums.highest_input) * sums.inputs;
        if (bound >= accumulator_limit)
            return refused_for(refusal::accumulator, place.element(index),
                               Particular("less than ").append_number(accumulator_limit), as_number(bound));
    }
    return {};
}

}}  // namespace aquatint
