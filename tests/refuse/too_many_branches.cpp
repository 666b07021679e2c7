// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: a Concat has at most eight branches
// Named: Refused<.*Mistake::too_many_branches.*, 8[UL]*, 9[UL]*>
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>,
                      Concat<Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>>> {};
#else
struct Mine
    : Network<Input<Image<8, 6, 4>, Uniform<8>>, Concat<Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>, Conv<1>>> {
};
#endif
template struct Program<Mine>;
