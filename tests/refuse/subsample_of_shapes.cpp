// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: Shortcut<Subsample> keeps every n-th row and column and adds channels, and the branch does not fit that
// Named: Refused<.*Mistake::subsample_of_shapes.*\{8, 6, 4\}.*\{8, 6, 2\}
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Residual<Shortcut<Subsample>, Conv<2, Kernel<3>>>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Residual<Shortcut<Subsample>, Conv<6, Kernel<3>>>> {};
#endif
template struct Program<Mine>;
