// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: a sum of this many products of these widths does not fit the accumulator: use fewer bits or fewer inputs
// Named: Refused<.*Mistake::accumulator_overflow.*Dense<1.*, 805306368[UL]*, 808688640[UL]*>
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Vector<24776>, Uniform<8>>, Quantized<Precision<Uniform<8>, Uniform<8>>, Dense<1>>> {};
#else
struct Mine : Network<Input<Vector<24776>, Uniform<8>>, Quantized<Precision<Uniform<4>, Uniform<8>>, Dense<1>>> {};
#endif
template struct Program<Mine>;
