// SPDX-License-Identifier: BSL-1.0
#include "row_of.hpp"

#include "../../examples/cifar10/resnet20.hpp"

void bench::add_resnet20_w8a7(std::vector<RowPlan>& rows) {
    using Net = cifar10::ResNet20<Precision<Uniform<8>, Uniform<7>, Carry<Uniform<8>>>>;
    rows.push_back({"resnet20/W8A7/32x32x3", [] {
                        const ResNet20Source& source = resnet20_source();
                        return network_row<Net>(source.work, "single", [&](auto& parameters) {
                            return calibrate(source.observations, parameters);
                        });
                    }});
}
