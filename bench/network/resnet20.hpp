// SPDX-License-Identifier: BSL-1.0
// ResNet-20 with made-up weights: time does not depend on them.
#pragma once

#include "work.hpp"

#include <aquatint/calibrate/observe.hpp>

namespace bench {

/// Weights of the float network and what it does on a few made-up pictures, once for all precisions.
struct ResNet20Source {
    Observations observations;
    std::shared_ptr<const NetworkWork> work;   ///< the first picture
};
const ResNet20Source& resnet20_source();
/// Of the binary network, whose layers know how they read their input.
const FloatModel& binary_resnet20_model();

// One source file for each network.
void add_dense_networks(std::vector<RowPlan>& rows);
void add_depthwise_network(std::vector<RowPlan>& rows);
void add_resnet20_float(std::vector<RowPlan>& rows);
void add_resnet20_w8a8(std::vector<RowPlan>& rows);
void add_resnet20_w8a7(std::vector<RowPlan>& rows);
void add_resnet20_w4a8(std::vector<RowPlan>& rows);
void add_resnet20_w4a4(std::vector<RowPlan>& rows);
void add_resnet20_w2a2(std::vector<RowPlan>& rows);
void add_resnet20_w2a2_learned(std::vector<RowPlan>& rows);
void add_resnet20_binary(std::vector<RowPlan>& rows);

}  // namespace bench
