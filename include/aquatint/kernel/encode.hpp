// SPDX-License-Identifier: BSL-1.0
// From a tensor of numbers to a form whose levels must be searched for: uneven levels, and numbers rounded to levels.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/copy.hpp>
#include <aquatint/policy/byte_reading.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// The value as `To` holds it: a byte, or the float of the nearest level.
template <class To, Policy Reader>
AQUATINT_INLINE constexpr To nearest_level(float value, const typename Reader::Levels& levels) {
    const unsigned code = Reader::encode(value, levels);
    if constexpr (std::is_same_v<To, Byte>) return ByteLevels<Reader>::byte(code, levels);
    else return Reader::decode(code, levels);
}

template <class Arch, Policy Reader, class To>
constexpr void encode(const float* from, const Extent& in, const typename Reader::Levels& levels, To* to, const Extent& out) {
    constexpr bool by_sixteen = SignReading<Reader> && std::is_same_v<To, Byte>;
    const Size count = in.shape.width * in.shape.channels;
    const Size whole = by_sixteen ? count / panel_outputs * panel_outputs : 0;
    for (Size row = 0; row < in.shape.height; ++row) {
        const float* source = from + in.at(row, 0);
        To* target = to + out.at(row, 0);
        if constexpr (by_sixteen)
            for (Size i = 0; i < whole; i += panel_outputs)
                Chosen<EncodeSigns, Arch>::run(source + i, levels.offset, levels.scale < 0, target + i);
        for (Size rest = count - whole; rest > 0; --rest) target[count - rest] = nearest_level<To, Reader>(source[count - rest], levels);
    }
}

}}  // namespace aquatint
