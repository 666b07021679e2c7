// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the groups of a Conv divide its input and its output channels
// Named: Refused<.*Mistake::groups_divide_channels.*, 3[UL]*, 4[UL]*>
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<6, Groups<3>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<6, Groups<2>>> {};
#endif
template struct Program<Mine>;
