// SPDX-License-Identifier: BSL-1.0
// All rows, in the order of the table.
#include "precisions.hpp"
#include "row.hpp"

namespace cifar10 {

namespace {

template <class... Entries>
std::vector<std::unique_ptr<Row>> make_rows(TypeList<Entries...>) {
    std::vector<std::unique_ptr<Row>> rows;
    (rows.push_back(make_row<Entries>()), ...);
    return rows;
}

}  // namespace

std::vector<std::unique_ptr<Row>> make_rows() {
    return make_rows(Precisions{});
}

}  // namespace cifar10
