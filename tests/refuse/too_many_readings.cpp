// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: a tensor is read in at most four integer number systems: let more of its readers share one
// Named: Refused<.*Mistake::too_many_readings.*Conv<2.*, 4[UL]*, 5[UL]*>
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine
    : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<2>,
              Concat<Quantized<Precision<Uniform<8>, Uniform<8>>, Conv<1>>, Quantized<Precision<Uniform<8>, Uniform<7>>, Conv<1>>,
                     Quantized<Precision<Uniform<8>, Uniform<6>>, Conv<1>>, Quantized<Precision<Uniform<8>, Uniform<5>>, Conv<1>>,
                     Quantized<Precision<Uniform<8>, Uniform<4>>, Conv<1>>>> {};
#else
struct Mine
    : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<2>,
              Concat<Quantized<Precision<Uniform<8>, Uniform<8>>, Conv<1>>, Quantized<Precision<Uniform<8>, Uniform<7>>, Conv<1>>,
                     Quantized<Precision<Uniform<8>, Uniform<6>>, Conv<1>>, Quantized<Precision<Uniform<8>, Uniform<5>>, Conv<1>>,
                     Quantized<Precision<Uniform<8>, Uniform<5>>, Conv<1>>>> {};
#endif
template struct Program<Mine>;
