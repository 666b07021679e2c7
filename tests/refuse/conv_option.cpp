// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: this layer has no such option
// Named: Conv<8.*, int>
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8, Kernel<3>, int>, Relu> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8, Kernel<3>>, Relu> {};
#endif
template struct Program<Mine>;
