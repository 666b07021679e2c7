// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: an Input is Real or has evenly spaced levels, as Uniform<8>
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Vector<4>, Binary>, Dense<2>> {};
#else
struct Mine : Network<Input<Vector<4>, Uniform<1>>, Dense<2>> {};
#endif
template struct Program<Mine>;
