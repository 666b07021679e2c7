// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the third argument of Precision is a Carry<policy>
#include "whole_network.hpp"

#ifdef MISTAKE
using Narrow = Precision<Uniform<4>, Uniform<8>, Uniform<8>>;
#else
using Narrow = Precision<Uniform<4>, Uniform<8>, Carry<Uniform<8>>>;
#endif
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Quantized<Narrow, Residual<Conv<4>>>> {};
template struct Program<Mine>;
