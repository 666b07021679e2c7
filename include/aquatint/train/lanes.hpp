// SPDX-License-Identifier: BSL-1.0
// Eight numbers at a time, for the passes of training over whole tensors: written once, for a vector and for the rest of a row.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace train {

inline constexpr Size lane_count = 8;

#if AQUATINT_PORTABLE
/// Compilers without vector types go number by number.
using Lanes = float;
inline constexpr Size lanes_at_once = 1;
#else
using Lanes = float __attribute__((vector_size(lane_count * sizeof(float))));
inline constexpr Size lanes_at_once = lane_count;
#endif

template <class Numbers>
AQUATINT_INLINE Numbers load(const float* from) {
    Numbers numbers;
    __builtin_memcpy(&numbers, from, sizeof numbers);
    return numbers;
}
template <class Numbers>
AQUATINT_INLINE void store(float* to, Numbers numbers) {
    __builtin_memcpy(to, &numbers, sizeof numbers);
}
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
AQUATINT_INLINE double sum_of(float number) { return static_cast<double>(number); }
#if !AQUATINT_PORTABLE
AQUATINT_INLINE double sum_of(Lanes numbers) {
    double sum = 0;
    for (Size lane = 0; lane < lane_count; ++lane) sum += static_cast<double>(numbers[lane]);
    return sum;
}
#endif

/// Calls `action.operator()<Numbers>(index)` for all of `count` neighbours: vectors first, then single numbers.
template <class Action>
AQUATINT_INLINE void by_lanes(Size count, Action&& action) {
    Size index = 0;
    for (; index + lanes_at_once <= count; index += lanes_at_once) action.template operator()<Lanes>(index);
    for (; index < count; ++index) action.template operator()<float>(index);
}

}  // namespace train

}}  // namespace aquatint
