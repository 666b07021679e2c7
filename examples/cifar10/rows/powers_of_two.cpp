// SPDX-License-Identifier: BSL-1.0
// Powers of two, and three levels.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<Log2Of4A8>();
template std::unique_ptr<Row> make_row<Log2Of5A8>();
template std::unique_ptr<Row> make_row<TernaryA8>();

}  // namespace cifar10
