// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_product_rows(std::vector<RowPlan>& rows) {
    add_real_rows(rows);
    add_eight_bit_rows(rows);
    add_six_bit_rows(rows);
    add_four_bit_rows(rows);
    add_two_bit_rows(rows);
    add_two_bit_activation_rows(rows);
    add_one_bit_rows(rows);
}
