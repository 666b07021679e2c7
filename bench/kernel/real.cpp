// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

void bench::add_real_rows(std::vector<RowPlan>& rows) {
    add_gemm_and_conv<Real, Real>(rows, "float");
    add_product<Real, Real>(rows, "gemm", "float", {1024, 1024, 1024});
    add_matvec<Real, Real>(rows, "float");
    add_matvec<Uniform<4>, Real>(rows, "W4xfloat");   // scales are shared by groups of 32
    add_dense<Real, Real>(rows, "float");
}
