// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: Packed has at least one output and input, and levels by group only as a matrix
// Named: PerGroup<8
#include <aquatint/pack/pack.hpp>
#include <aquatint/policy/uniform.hpp>

using namespace aquatint;

#ifdef MISTAKE
constexpr Size kernel = 3;
#else
constexpr Size kernel = 1;
#endif
static Packed<Quantizer<Uniform<4>, PerGroup<8>>, 4, 16, kernel> packed;
float first() { return packed.value(0, 0); }
