// SPDX-License-Identifier: BSL-1.0
// XNNPACK: fully connected and convolution, float and u8 x u8, exact. Integers it only gives as requantized bytes, also where the
// row asks for sums, and rounds them in its own way. Weights are packed before the clock runs.
#include "enter.hpp"

#include <cmath>
#include <xnnpack.h>

namespace bench { namespace {

class Product {
public:
    explicit Product(const std::shared_ptr<const Work>& given) : work(given), results(*given), inputs(given->codes) {}
    Product(const Product&) = delete;
    ~Product() { xnn_delete_operator(made); }

    /// Whether there is such an operator.
    bool make() {
        if (xnn_initialize(nullptr) != xnn_status_success) return false;
        return work->real() ? make_real() : make_integer();
    }
    void run() { xnn_run_operator(made, nullptr); }
    Verdict check() const {
        return work->real() ? check_reals(*work, results.reals.data()) : check_codes(*work, results.codes.data());
    }

private:
    static constexpr Byte offset = 128;

    std::shared_ptr<const Work> work;
    Results results;
    std::vector<Byte> inputs;   // with bytes after the end, which may be read
    xnn_operator_t made = nullptr;

    Size side() const { return work->side(); }
    /// A convolution's kernel is [outputs][ky][kx][channels] here.
    template <class Number>
    std::vector<Number> kernel(const std::vector<Number>& weights) const {
        std::vector<Number> all;
        for (Size output = 0; output < work->shape.outputs; ++output)
            for (Size k = 0; k < work->shape.inputs; ++k) {
                const Size channels = work->channels();
                const Size column = work->operation == Operation::conv ? k % channels * 9 + k / channels : k;
                all.push_back(weights[output * work->shape.inputs + column]);
            }
        return all;
    }
    bool make_real() {
        const std::vector<float> weights = kernel(work->real_weights);
        const Size channels = work->channels(), outputs = work->shape.outputs;
        if (work->operation == Operation::conv)
            return xnn_create_convolution2d_nhwc_f32(1, 1, 1, 1, 3, 3, 1, 1, 1, 1, 1, channels, outputs, channels, outputs,
                                                     weights.data(), nullptr, -INFINITY, INFINITY, 0,
                                                     &made) == xnn_status_success &&
                   xnn_setup_convolution2d_nhwc_f32(made, 1, side(), side(), work->real_inputs.data(), results.reals.data(),
                                                    nullptr) == xnn_status_success;
        return xnn_create_fully_connected_nc_f32(channels, outputs, channels, outputs, weights.data(), nullptr, -INFINITY,
                                                 INFINITY, 0, &made) == xnn_status_success &&
               xnn_setup_fully_connected_nc_f32(made, work->shape.rows, work->real_inputs.data(), results.reals.data(),
                                                nullptr) == xnn_status_success;
    }
    bool make_integer() {
        std::vector<Byte> weights;
        for (const int weight : kernel(work->weights)) weights.push_back(static_cast<Byte>(weight + offset));
        const std::vector<Int32> bias(work->shape.outputs);
        const Size channels = work->channels(), outputs = work->shape.outputs;
        if (work->operation == Operation::conv)
            return xnn_create_convolution2d_nhwc_qu8(1, 1, 1, 1, 3, 3, 1, 1, 1, 1, 1, channels, outputs, channels, outputs, 0, 1,
                                                     offset, work->scale, weights.data(), bias.data(), 0, 1, 0, 255, 0,
                                                     &made) == xnn_status_success &&
                   xnn_setup_convolution2d_nhwc_qu8(made, 1, side(), side(), inputs.data(), results.codes.data(), nullptr) ==
                       xnn_status_success;
        return xnn_create_fully_connected_nc_qu8(channels, outputs, channels, outputs, 0, 1, offset, work->scale, weights.data(),
                                                 bias.data(), 0, 1, 0, 255, 0, &made) == xnn_status_success &&
               xnn_setup_fully_connected_nc_qu8(made, work->shape.rows, inputs.data(), results.codes.data(), nullptr) ==
                   xnn_status_success;
    }
};

void join(const std::shared_ptr<const Work>& work, std::vector<Contestant>& contestants) {
    const auto product = std::make_shared<Product>(work);
    if (product->make()) enter(contestants, "xnnpack", Role::peer, product);
}

const bool joined = enlist({"xnnpack", join});

}}   // namespace bench
