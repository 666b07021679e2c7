// SPDX-License-Identifier: BSL-1.0
// Networks of one layer: what infer costs where there is little to do, and the depthwise convolution, which has no function of its own.
#include "row_of.hpp"

#include <random>

namespace bench {

namespace {

using W8A7 = Precision<Uniform<8>, Uniform<7>>;
using W8A8 = Precision<Uniform<8>, Uniform<8>>;

template <Size Inputs>
struct OneDense : Network<Input<Vector<Inputs>, Uniform<8>>, Quantized<W8A7, Dense<32>, Relu>> {};
struct OneDepthwise : Network<Input<Image<32, 32, 64>, Uniform<8>>, Quantized<W8A8, Depthwise<Kernel<3>>, Relu>> {};

template <class Net>
void add(std::vector<RowPlan>& rows, const std::string& name, const char* work_name, const char* ceiling, Size weights) {
    rows.push_back({name, [=] {
                        const auto work = std::make_shared<NetworkWork>();
                        work->name = work_name;
                        std::mt19937 random;
                        std::normal_distribution<float> weight;
                        static FloatModel model;   // outlives the row
                        model.layers.assign(1, {});
                        for (Size i = 0; i < weights; ++i) model.layers[0].weight.push_back(weight(random));
                        for (Size i = 0; i < Net::input_shape.elements(); ++i) work->picture.push_back(static_cast<Byte>(random()));
                        work->model = &model;
                        Observations seen;
                        require(observe<Net>(model, {}, {work->picture.data(), 1, work->picture.size()}, seen));
                        work->outputs = seen.outputs;
                        return network_row<Net>(work, ceiling, [&](auto& parameters) { return calibrate(seen, parameters); });
                    }});
}

}  // namespace

void add_single_layers(std::vector<RowPlan>& rows) {
    add<OneDense<32>>(rows, "infer/W8A7/1x32x32", "dense", "single", 32 * 32);
    add<OneDense<256>>(rows, "infer/W8A7/1x32x256", "dense", "single", 32 * 256);
    add<OneDense<1024>>(rows, "infer/W8A7/1x32x1024", "dense", "single", 32 * 1024);
    add<OneDepthwise>(rows, "depthwise/W8A8/1024x64x9", "depthwise", "", 64 * 9);
}

}  // namespace bench
