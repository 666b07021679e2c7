// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: Shortcut is the first argument of a Residual and stands nowhere else
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Concat<Shortcut<Conv<4>>, Conv<4>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Concat<Conv<4>, Conv<4>>> {};
#endif
template struct Program<Mine>;
