// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_four_bit_rows(std::vector<RowPlan>& rows) {
    using A8 = Uniform<8, Asymmetric>;
    add_gemm_and_conv<Uniform<4>, A8>(rows, "W4A8");
    add_matvec<Uniform<4>, A8>(rows, "W4A8");
    add_dense<Uniform<4>, A8>(rows, "W4A8");
    add_gemm_and_conv<Uniform<4>, Uniform<4, Asymmetric>>(rows, "W4A4");
}
