// SPDX-License-Identifier: BSL-1.0
// Networks that were trained in their precision.
#include "../row_of.hpp"

namespace cifar10 {

template std::unique_ptr<Row> make_row<Trained<LearnedW3A3>>();
template std::unique_ptr<Row> make_row<Trained<LearnedW2A2>>();
template std::unique_ptr<Row> make_row<Trained<LearnedW1A2>>();
template std::unique_ptr<Row> make_row<Trained<LearnedW2A32>>();
template std::unique_ptr<Row> make_row<Trained<LearnedW1A32>>();

}  // namespace cifar10
