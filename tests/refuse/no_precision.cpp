// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the first argument of Quantized is a Precision<weights, activations>
// Named: Refused<.*Mistake::no_precision.*Quantized<.*Uniform<4.*Conv<8
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Quantized<Uniform<4>, Conv<8>, Relu>> {};
#else
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Quantized<Precision<Uniform<4>, Uniform<8>>, Conv<8>, Relu>> {};
#endif
template struct Program<Mine>;
