// SPDX-License-Identifier: BSL-1.0
// Evenly spaced levels, 8 bits for what is read.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<W8A8>();
template std::unique_ptr<Row> make_row<W4A8>();

}  // namespace cifar10
