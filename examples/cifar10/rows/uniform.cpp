// SPDX-License-Identifier: BSL-1.0
// Evenly spaced levels.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<W8A8>();
template std::unique_ptr<Row> make_row<W4A8>();
template std::unique_ptr<Row> make_row<W3A8>();
template std::unique_ptr<Row> make_row<W4A4>();

}  // namespace cifar10
