// SPDX-License-Identifier: BSL-1.0
#include "resnet20.hpp"

void bench::add_network_rows(std::vector<RowPlan>& rows) {
    add_dense_networks(rows);
    add_depthwise_network(rows);
    add_resnet20_float(rows);
    add_resnet20_w8a8(rows);
    add_resnet20_w8a7(rows);
    add_resnet20_w4a8(rows);
    add_resnet20_w4a4(rows);
    add_resnet20_w2a2(rows);
    add_resnet20_w2a2_learned(rows);
    add_resnet20_binary(rows);
}
