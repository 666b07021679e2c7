// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_two_bit_activation_rows(std::vector<RowPlan>& rows) {
    add_gemm_and_conv<Ternary, Uniform<2, Asymmetric>>(rows, "TernaryA2");
    add_gemm_and_conv<Binary, Uniform<2, Asymmetric>>(rows, "W1A2");
}
