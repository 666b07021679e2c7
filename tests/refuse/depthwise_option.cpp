// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: this layer has no such option
// Named: Depthwise<.*Groups<4
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Depthwise<Kernel<3>, Groups<4>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Depthwise<Kernel<3>, Dilation<1>>> {};
#endif
template struct Program<Mine>;
