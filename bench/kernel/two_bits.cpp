// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_two_bit_rows(std::vector<RowPlan>& rows) {
    using A8 = Uniform<8, Asymmetric>;
    add_gemm_and_conv<Uniform<2>, A8>(rows, "W2A8");
    add_matvec<Uniform<2>, A8>(rows, "W2A8");
    add_gemm_and_conv<Uniform<2>, Uniform<2, Asymmetric>>(rows, "W2A2");
}
