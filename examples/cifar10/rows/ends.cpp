// SPDX-License-Identifier: BSL-1.0
// The two ends of the table: full precision, and one bit on both sides.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<Float>();
template std::unique_ptr<Row> make_row<W1A1AdaBin>();

}  // namespace cifar10
