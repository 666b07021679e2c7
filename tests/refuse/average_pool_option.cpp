// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: this layer has no such option
// Named: AveragePool<.*Groups<2
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, AveragePool<Groups<2>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, AveragePool<>> {};
#endif
template struct Program<Mine>;
