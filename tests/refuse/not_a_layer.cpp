// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: this type is not a layer
// Named: Refused<.*Mistake::not_a_layer.*, int,
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8>, int, Relu> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8>, Relu> {};
#endif
template struct Program<Mine>;
