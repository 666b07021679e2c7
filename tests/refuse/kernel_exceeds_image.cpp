// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the kernel reaches further than the padded image
// Named: Refused<.*Mistake::kernel_exceeds_image.*\{5, 5, 8\}.*\{8, 4, 8\}
#include "whole_network.hpp"

#ifdef MISTAKE
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8, Kernel<1, 3>, Padding<0>>,
                      Conv<8, Kernel<3>, Dilation<2>, Padding<0>>, Relu> {};
#else
struct Mine
    : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<8, Kernel<1, 3>, Padding<0>>, Conv<8, Kernel<3>, Padding<0>>, Relu> {};
#endif
template struct Program<Mine>;
