// SPDX-License-Identifier: BSL-1.0
// From a tensor of numbers to a form whose levels must be searched for: uneven levels, and numbers rounded to levels.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/copy.hpp>
#include <aquatint/policy/byte_reading.hpp>
#include <bit>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// The value as `To` holds it: a byte, or the float of the nearest level.
template <class To, Policy Reader>
AQUATINT_INLINE constexpr To nearest_level(float value, const typename Reader::Levels& levels) {
    const unsigned code = Reader::encode(value, levels);
    if constexpr (std::is_same_v<To, Byte>) return ByteLevels<Reader>::byte(code, levels);
    else return Reader::decode(code, levels);
}

/// Policies of few, uneven levels that say where one ends: their codes are found by counting.
template <class Reader>
concept CountedLevels = ByteReading<Reader> && Reader::codes <= 16 && requires {
    { Reader::last_of(0.0f, 1.0f) } -> std::same_as<float>;
};

template <CountedLevels Reader>
constexpr ByteThresholds thresholds_of(const typename Reader::Levels& levels) {
    constexpr float infinity = std::bit_cast<float>(0x7f800000u);
    float ascending[16]{};
    ByteThresholds result{};
    unsigned count = 0;
    for (unsigned code = 0; code < Reader::codes; ++code) {
        const float level = Reader::decode(code, levels);
        unsigned place = 0;
        while (place < count && ascending[place] < level) ++place;
        if (place < count && ascending[place] == level) continue;   // of equal levels the lowest code
        for (unsigned i = count++; i > place; --i) {
            ascending[i] = ascending[i - 1];
            result.byte[i] = result.byte[i - 1];
        }
        ascending[place] = level;
        result.byte[place] = ByteLevels<Reader>::byte(code, levels);
    }
    for (unsigned i = 0; i < 15; ++i)
        result.threshold[i] = i + 1 < count ? Reader::last_of(ascending[i], ascending[i + 1]) : infinity;
    return result;
}

template <class Arch, Policy Reader, class To>
constexpr void encode(const float* from, const Extent& in, const typename Reader::Levels& levels, To* to, const Extent& out) {
    constexpr bool bytes = std::is_same_v<To, Byte>, by_sixteen = bytes && (SignReading<Reader> || CountedLevels<Reader>);
    const Size count = in.shape.width * in.shape.channels;
    const Size whole = by_sixteen ? count / panel_outputs * panel_outputs : 0;
    [[maybe_unused]] ByteThresholds thresholds{};
    if constexpr (by_sixteen && !SignReading<Reader>) thresholds = thresholds_of<Reader>(levels);
    for (Size row = 0; row < in.shape.height; ++row) {
        const float* source = from + in.at(row, 0);
        To* target = to + out.at(row, 0);
        if constexpr (bytes && SignReading<Reader>)
            Chosen<EncodeSigns, Arch>::run(source, whole, levels.offset, levels.scale < 0, target);
        else if constexpr (by_sixteen)
            for (Size i = 0; i < whole; i += panel_outputs)
                Chosen<EncodeByThresholds<Reader::codes - 1>, Arch>::run(source + i, thresholds, target + i);
        for (Size rest = count - whole; rest > 0; --rest)
            target[count - rest] = nearest_level<To, Reader>(source[count - rest], levels);
    }
}

}}  // namespace aquatint
