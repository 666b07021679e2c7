// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: what comes out of a Flatten has no border: the convolution that reads it says Padding<0>
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Flatten, Conv<8, Kernel<1>, Padding<1>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Flatten, Conv<8, Kernel<1>, Padding<0>>> {};
#endif
template struct Program<Mine>;
