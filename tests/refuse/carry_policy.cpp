// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: what a Carry names is a policy
// Named: Candidate::bits
#include "whole_network.hpp"

struct Nothing {
    struct Levels {};
};
#ifdef MISTAKE
using Reader = Nothing;
#else
using Reader = Uniform<8>;
#endif
struct Mine : Network<Input<Image<8, 6, 4>>, Quantized<Precision<Uniform<8>, Uniform<8>, Carry<Reader>>, Residual<Conv<4>>>> {};
template struct Program<Mine>;
