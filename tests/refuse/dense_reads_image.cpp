// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: Dense reads a vector, but the layer before it gives an image: put Flatten or GlobalAverage between them
// Named: Refused<.*Mistake::dense_reads_image.*Dense<10.*\{1, 1, 192\}.*\{8, 6, 4\}
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Dense<10>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Flatten, Dense<10>> {};
#endif
template struct Program<Mine>;
