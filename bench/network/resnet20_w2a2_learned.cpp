// SPDX-License-Identifier: BSL-1.0
#include "row_of.hpp"

#include "../../examples/cifar10/resnet20.hpp"

void bench::add_resnet20_w2a2_learned(std::vector<RowPlan>& rows) {
    using Net = cifar10::ResNet20<Precision<LearnedBasis<2>, LearnedBasis<2>>, Precision<Real, Real>>;
    rows.push_back({"resnet20/W2A2-learned/32x32x3", [] {
                        const ResNet20Source& source = resnet20_source();
                        return network_row<Net>(source.work, "two lookups", [&](auto& parameters) {
                            return calibrate(source.observations, parameters);
                        });
                    }});
}
