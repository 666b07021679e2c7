// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the branch of a Residual changes the shape: say Shortcut<Conv<...>> or Shortcut<Subsample> as its first argument
// Named: Refused<.*Mistake::sum_of_shapes.*\{8, 6, 4\}.*\{4, 3, 16\}
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Residual<Conv<16, Kernel<3>, Stride<2>>>, Relu> {};
#else
struct Mine
    : Network<Input<Image<8, 6, 4>, Uniform<8>>, Residual<Shortcut<Conv<16, Stride<2>>>, Conv<16, Kernel<3>, Stride<2>>>, Relu> {
};
#endif
template struct Program<Mine>;
