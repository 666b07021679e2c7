// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the branches of a Concat give images of one height and width
// Named: Refused<.*Mistake::concat_of_shapes.*\{8, 6, 8\}.*\{4, 3, 4\}
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Concat<Conv<8>, MaxPool<>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Concat<Conv<8>, MaxPool<Kernel<3>, Stride<1>, Padding<1>>>> {};
#endif
template struct Program<Mine>;
