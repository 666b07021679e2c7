// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: Conv and Dense have at least one output
// Named: Refused<.*Mistake::no_outputs.*Conv<0
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<0>, Relu> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<1>, Relu> {};
#endif
template struct Program<Mine>;
