// SPDX-License-Identifier: BSL-1.0
// Some numbers at a time, for the passes of training over whole tensors: written once, for a vector and for the rest of a row.
#pragma once

#include <cstring>
#include <type_traits>

#include <aquatint/base/config.hpp>
#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

#if AQUATINT_PORTABLE
/// Compilers without vector types go number by number.
using Lanes = float;
#elif defined(__SSE2__) && !defined(__AVX__)
/// GCC warns of functions that return vectors wider than a register.
using Lanes = float __attribute__((vector_size(16)));
#else
using Lanes = float __attribute__((vector_size(32)));
#endif
inline constexpr Size lanes_at_once = sizeof(Lanes) / sizeof(float);

template <class Numbers>
AQUATINT_INLINE Numbers load(const float* from) {
    Numbers numbers;
    std::memcpy(&numbers, from, sizeof numbers);
    return numbers;
}
template <class Numbers>
AQUATINT_INLINE void store(float* to, Numbers numbers) {
    std::memcpy(to, &numbers, sizeof numbers);
}
/// The same number in every lane.
template <class Numbers>
AQUATINT_INLINE Numbers all(float number) {
    return Numbers{} + number;
}
template <class Numbers>
AQUATINT_INLINE Numbers larger(Numbers a, Numbers b) {
    return a > b ? a : b;
}
template <class Numbers>
AQUATINT_INLINE Numbers smaller(Numbers a, Numbers b) {
    return a < b ? a : b;
}
template <class Numbers>
AQUATINT_INLINE double sum_of(Numbers numbers) {
    float lane[sizeof(Numbers) / sizeof(float)];
    std::memcpy(lane, &numbers, sizeof lane);
    double sum = 0;
    for (const float one : lane) sum += static_cast<double>(one);
    return sum;
}
/// to[lane] += numbers[lane].
template <class Numbers>
AQUATINT_INLINE void add_lanes(Numbers numbers, double* to) {
    float lane[sizeof(Numbers) / sizeof(float)];
    std::memcpy(lane, &numbers, sizeof lane);
    for (const float one : lane) *to++ += static_cast<double>(one);
}

/// Calls `action.operator()<Numbers>(index)` for all of `count` neighbours: vectors first, then single numbers.
template <class Action>
AQUATINT_INLINE void by_lanes(Size count, Action&& action) {
    Size index = 0;
    for (; index + lanes_at_once <= count; index += lanes_at_once) action.template operator()<Lanes>(index);
    for (; index < count; ++index) action.template operator()<float>(index);
}

/// Calls `action.operator()<Numbers, Count>(channel)` for blocks of `Count` times `Numbers` channels, so that what belongs to the
/// channels stays in registers while the action walks over the pixels.
template <class Action>
AQUATINT_INLINE void by_channels(Size channels, Action&& action) {
    Size channel = 0;
    for (; channel + 2 * lanes_at_once <= channels; channel += 2 * lanes_at_once) action.template operator()<Lanes, 2>(channel);
    for (; channel + lanes_at_once <= channels; channel += lanes_at_once) action.template operator()<Lanes, 1>(channel);
    for (; channel < channels; ++channel) action.template operator()<float, 1>(channel);
}

}}}  // namespace aquatint::train
