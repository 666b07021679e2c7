// SPDX-License-Identifier: BSL-1.0
// gemmlowp: u8 x u8 to 32 bits, exact; the sign of weights is an offset. As TensorFlow Lite used it, weights are on the left. It
// packs both sides at every call.
#include "enter.hpp"

#include <public/gemmlowp.h>

namespace bench { namespace {

class Product {
public:
    explicit Product(const std::shared_ptr<const Work>& given) : work(given), results(*given) {
        context.set_max_num_threads(1);
        for (const Int8 weight : work->weights) weights.push_back(static_cast<Byte>(weight + offset));
    }

    void run() {
        using gemmlowp::MapOrder;
        const int rows = static_cast<int>(work->shape.rows), inputs = static_cast<int>(work->shape.inputs),
                  outputs = static_cast<int>(work->shape.outputs);
        const gemmlowp::MatrixMap<const Byte, MapOrder::RowMajor> left(weights.data(), outputs, inputs);
        const gemmlowp::MatrixMap<const Byte, MapOrder::ColMajor> right(work->codes.data(), inputs, rows);
        gemmlowp::MatrixMap<Int32, MapOrder::ColMajor> result(results.sums.data(), outputs, rows);
        gemmlowp::GemmWithOutputPipeline<Byte, Int32, gemmlowp::DefaultL8R8BitDepthParams>(&context, left, right, &result,
                                                                                           -offset, 0, std::tuple<>());
    }
    Verdict check() const { return check_sums(*work, results.sums.data()); }

private:
    static constexpr int offset = 128;

    std::shared_ptr<const Work> work;
    Results results;
    std::vector<Byte> weights;
    gemmlowp::GemmContext context;
};

void join(const std::shared_ptr<const Work>& work, std::vector<Contestant>& contestants) {
    if (!work->real() && work->operation == Operation::gemm)
        enter(contestants, "gemmlowp", Role::peer, std::make_shared<Product>(work));
}

const bool joined = enlist({"gemmlowp", join});

}}   // namespace bench
