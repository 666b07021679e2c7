// SPDX-License-Identifier: BSL-1.0
// What infer costs where there is little to do.
#include "single_layer.hpp"

namespace bench {

namespace {

template <Size Inputs>
struct OneDense : Network<Input<Vector<Inputs>, Uniform<7>>, Quantized<Precision<Uniform<8>, Uniform<7>>, Dense<32>, Relu>> {};

template <Size Inputs>
void add(std::vector<RowPlan>& rows) {
    rows.push_back({"infer/W8A7/1x32x" + std::to_string(Inputs),
                    [] { return single_layer_row<OneDense<Inputs>>("dense", "single", 32 * Inputs); }});
}

}  // namespace

void add_dense_networks(std::vector<RowPlan>& rows) {
    add<32>(rows);
    add<256>(rows);
    add<1024>(rows);
}

}  // namespace bench
