// SPDX-License-Identifier: BSL-1.0
// Learned levels.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<W4A8Learned>();
template std::unique_ptr<Row> make_row<W3A8Learned>();
template std::unique_ptr<Row> make_row<W3A8LearnedOffset>();
template std::unique_ptr<Row> make_row<W2A2Learned>();

}  // namespace cifar10
