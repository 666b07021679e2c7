// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: a network has at least one layer after its Input
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Flatten> {};
#endif
template struct Program<Mine>;
