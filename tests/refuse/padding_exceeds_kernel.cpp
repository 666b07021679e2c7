// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the padding of a pooling is smaller than its kernel, so that no window lies outside of the image
// Named: Refused<.*Mistake::padding_exceeds_kernel.*\{1, 1, 1\}.*\{2, 2, 1\}
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, AveragePool<Kernel<2>, Padding<2>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, AveragePool<Kernel<2>, Padding<1>>> {};
#endif
template struct Program<Mine>;
