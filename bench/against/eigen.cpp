// SPDX-License-Identifier: BSL-1.0
// Eigen: float products of matrices. It packs the weights at every call.
#include "enter.hpp"

#include <Eigen/Core>

namespace bench { namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Column = Eigen::VectorXf;

class Product {
public:
    explicit Product(const std::shared_ptr<const Work>& given) : work(given), results(*given) {}

    void run() {
        const auto rows = signed_size(work->shape.rows), inputs = signed_size(work->shape.inputs),
                   outputs = signed_size(work->shape.outputs);
        const Eigen::Map<const Matrix> weights(work->real_weights.data(), outputs, inputs);
        if (rows == 1) {
            const Eigen::Map<const Column> input(work->real_inputs.data(), inputs);
            Eigen::Map<Column>(results.reals.data(), outputs).noalias() = weights * input;
        } else {
            const Eigen::Map<const Matrix> input(work->real_inputs.data(), rows, inputs);
            Eigen::Map<Matrix>(results.reals.data(), rows, outputs).noalias() = input * weights.transpose();
        }
    }
    Verdict check() const { return check_reals(*work, results.reals.data()); }

private:
    std::shared_ptr<const Work> work;
    Results results;

    static Eigen::Index signed_size(Size size) { return static_cast<Eigen::Index>(size); }
};

void join(const std::shared_ptr<const Work>& work, std::vector<Contestant>& contestants) {
    if (work->real() && work->operation != Operation::conv)
        enter(contestants, "eigen", Role::peer, std::make_shared<Product>(work));
}

const bool joined = enlist({"eigen", join});

}}   // namespace bench
