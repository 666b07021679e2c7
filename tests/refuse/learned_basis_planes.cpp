// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: LearnedBasis<K> takes 1 to 4 planes
#include <aquatint/policy/learned_basis.hpp>

#ifdef MISTAKE
constexpr unsigned planes = 5;
#else
constexpr unsigned planes = 4;
#endif

unsigned codes() { return aquatint::LearnedBasis<planes>::codes; }
