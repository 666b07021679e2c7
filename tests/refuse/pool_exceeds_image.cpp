// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the kernel reaches further than the padded image
// Named: Refused<.*Mistake::kernel_exceeds_image.*MaxPool<.*\{7, 7, 4\}.*\{8, 6, 4\}
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, MaxPool<Kernel<7>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, MaxPool<Kernel<6>>> {};
#endif
template struct Program<Mine>;
