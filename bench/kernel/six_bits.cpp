// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_six_bit_rows(std::vector<RowPlan>& rows) {
    add_gemm_and_conv<Uniform<7>, Uniform<8, Asymmetric>>(rows, "W7A8");
    add_gemm_and_conv<Uniform<7>, Uniform<7, Asymmetric>>(rows, "W7A7");
    add_gemm_and_conv<Uniform<6>, Uniform<8, Asymmetric>>(rows, "W6A8");
}
