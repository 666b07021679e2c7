// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: a group has at least one element
#include <aquatint/policy/granularity.hpp>

#ifdef MISTAKE
constexpr aquatint::Size length = 0;
#else
constexpr aquatint::Size length = 32;
#endif

aquatint::Size groups(aquatint::Size outputs, aquatint::Size inputs) {
    return aquatint::PerGroup<length>::count(outputs, inputs);
}
