// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_one_bit_rows(std::vector<RowPlan>& rows) {
    add_gemm_and_conv<Binary, Binary>(rows, "W1A1");
    add_matvec<Binary, Binary>(rows, "W1A1");
    add_matvec<Binary, Uniform<8, Asymmetric>>(rows, "W1A8");
}
