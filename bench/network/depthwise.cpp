// SPDX-License-Identifier: BSL-1.0
// The depthwise convolution, which has no function of its own: no lane is shared, so no ceiling of the dot products holds for it.
#include "single_layer.hpp"

namespace bench {

namespace {

struct OneDepthwise : Network<Input<Image<32, 32, 64>, Uniform<8>>,
                              Quantized<Precision<Uniform<8>, Uniform<8>>, Depthwise<Kernel<3>>, Relu>> {};

}  // namespace

void add_depthwise_network(std::vector<RowPlan>& rows) {
    rows.push_back({"depthwise/W8A8/1024x64x9", [] { return single_layer_row<OneDepthwise>("depthwise", "", 64 * 9); }});
}

}  // namespace bench
