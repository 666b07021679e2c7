// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: Uniform<bits> takes 1 to 8 bits
#include <aquatint/policy/uniform.hpp>

#ifdef MISTAKE
constexpr unsigned bits = 9;
#else
constexpr unsigned bits = 8;
#endif

unsigned codes() { return aquatint::Uniform<bits>::codes; }
