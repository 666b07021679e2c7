// SPDX-License-Identifier: BSL-1.0
#include "row_of.hpp"

#include "../../examples/cifar10/binary_resnet20.hpp"

void bench::add_resnet20_binary(std::vector<RowPlan>& rows) {
    rows.push_back({"resnet20/W1A1/32x32x3", [] {
                        return network_row<cifar10::AdaBinResNet20>(resnet20_source().work, "lookup", [](auto& parameters) {
                            return freeze(binary_resnet20_model(), {}, parameters);
                        });
                    }});
}
