// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: Log2<bits> takes 3 to 7 bits
#include <aquatint/policy/log2.hpp>

#ifdef MISTAKE
constexpr unsigned bits = 8;
#else
constexpr unsigned bits = 7;
#endif

unsigned codes() { return aquatint::Log2<bits>::codes; }
