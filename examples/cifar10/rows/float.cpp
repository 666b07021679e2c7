// SPDX-License-Identifier: BSL-1.0
// The row that all others are compared with.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<Float>();

}  // namespace cifar10
