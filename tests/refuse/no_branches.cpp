// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: a Concat has at least one branch
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Concat<>, Relu> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Concat<Conv<8>>, Relu> {};
#endif
template struct Program<Mine>;
