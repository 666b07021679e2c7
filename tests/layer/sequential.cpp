// SPDX-License-Identifier: BSL-1.0
// Sequential: several layers as one.
#include "tiny.hpp"

using namespace layer;

using Block = Sequential<Conv<4, Kernel<3>>, Sequential<BatchNorm, Relu>>;
static_assert(std::is_same_v<After<Image<8, 6, 3>, Block, Flatten>::Atoms,
                             After<Image<8, 6, 3>, Conv<4, Kernel<3>>, BatchNorm, Relu, Flatten>::Atoms>);
static_assert(std::is_same_v<After<Vector<3>, Sequential<>, Flatten>::Atoms, After<Vector<3>, Flatten>::Atoms>);
