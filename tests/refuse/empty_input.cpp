// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the first argument of a Network is an Input of at least one element
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 0, 4>>, Flatten> {};
#else
struct Mine : Network<Input<Image<8, 1, 4>>, Flatten> {};
#endif
template struct Program<Mine>;
