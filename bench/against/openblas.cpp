// SPDX-License-Identifier: BSL-1.0
// OpenBLAS: float products of matrices. It packs the weights at every call.
#include "enter.hpp"

#include <cblas-openblas.h>

namespace bench { namespace {

class Product {
public:
    explicit Product(const std::shared_ptr<const Work>& given) : work(given), results(*given) { openblas_set_num_threads(1); }

    void run() {
        const auto rows = static_cast<blasint>(work->shape.rows), inputs = static_cast<blasint>(work->shape.inputs),
                   outputs = static_cast<blasint>(work->shape.outputs);
        if (rows == 1)
            cblas_sgemv(CblasRowMajor, CblasNoTrans, outputs, inputs, 1, work->real_weights.data(), inputs,
                        work->real_inputs.data(), 1, 0, results.reals.data(), 1);
        else
            cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, outputs, inputs, 1, work->real_inputs.data(), inputs,
                        work->real_weights.data(), inputs, 0, results.reals.data(), outputs);
    }
    Verdict check() const { return check_reals(*work, results.reals.data()); }

private:
    std::shared_ptr<const Work> work;
    Results results;
};

void join(const std::shared_ptr<const Work>& work, std::vector<Contestant>& contestants) {
    if (work->real() && work->operation != Operation::conv)
        enter(contestants, "openblas", Role::peer, std::make_shared<Product>(work));
}

const bool joined = enlist({"openblas", join});

}}   // namespace bench
