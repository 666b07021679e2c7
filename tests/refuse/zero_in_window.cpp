// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: kernel, stride, dilation and groups are at least one
// Named: Refused<.*Mistake::zero_in_window.*Stride<0
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8, Kernel<3>, Stride<0>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8, Kernel<3>, Stride<1>>> {};
#endif
template struct Program<Mine>;
