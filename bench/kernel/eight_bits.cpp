// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_eight_bit_rows(std::vector<RowPlan>& rows) {
    using A8 = Uniform<8, Asymmetric>;
    using A7 = Uniform<7, Asymmetric>;
    add_gemm_and_conv<Uniform<8>, A8>(rows, "W8A8");
    add_matvec<Uniform<8>, A8>(rows, "W8A8");
    add_gemm_and_conv<Uniform<8>, A7>(rows, "W8A7");
    add_matvec<Uniform<8>, A7>(rows, "W8A7");
    add_dense<Uniform<8>, A7>(rows, "W8A7");
}
