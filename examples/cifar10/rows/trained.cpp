// SPDX-License-Identifier: BSL-1.0
// Networks that were trained in their precision.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<W3A3Trained>();
template std::unique_ptr<Row> make_row<W2A2Trained>();
template std::unique_ptr<Row> make_row<W1A2Trained>();
template std::unique_ptr<Row> make_row<W2A32Trained>();
template std::unique_ptr<Row> make_row<W1A32Trained>();

}  // namespace cifar10
