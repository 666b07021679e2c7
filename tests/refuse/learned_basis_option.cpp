// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the options of LearnedBasis are Unipolar and Offset
#include <aquatint/policy/policies.hpp>

#ifdef MISTAKE
using Option = aquatint::Asymmetric;
#else
using Option = aquatint::Offset;
#endif

unsigned codes() { return aquatint::LearnedBasis<3, Option>::codes; }
