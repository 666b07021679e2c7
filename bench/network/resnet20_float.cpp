// SPDX-License-Identifier: BSL-1.0
#include "row_of.hpp"

#include "../../examples/cifar10/resnet20.hpp"

void bench::add_resnet20_float(std::vector<RowPlan>& rows) {
    using Net = FullPrecision<cifar10::ResNet20<Precision<Uniform<8>, Uniform<8>>>>;
    rows.push_back({"resnet20/float/32x32x3", [] {
                        const ResNet20Source& source = resnet20_source();
                        return network_row<Net>(source.work, "float", [&](auto& parameters) {
                            return write_real(source.observations.steps, source.observations.normalization, parameters);
                        });
                    }});
}
