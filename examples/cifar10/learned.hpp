// SPDX-License-Identifier: BSL-1.0
// The networks of the paper's table, learned bases in all blocks; first convolution, last layer and what flows on the shortcuts
// are float (Zhang et al., "LQ-Nets", 2018). cifar10_train trains them, cifar10 shows what it left.
#pragma once

#include "resnet20.hpp"

namespace cifar10 {

struct LearnedW1A2 {
    static constexpr const char* name = "W1A2";
    using Network = ResNet20<Precision<LearnedBasis<1>, LearnedBasis<2>>, Precision<Real, Real>>;
};
struct LearnedW2A2 {
    static constexpr const char* name = "W2A2";
    using Network = ResNet20<Precision<LearnedBasis<2>, LearnedBasis<2>>, Precision<Real, Real>>;
};
struct LearnedW3A3 {
    static constexpr const char* name = "W3A3";
    using Network = ResNet20<Precision<LearnedBasis<3>, LearnedBasis<3>>, Precision<Real, Real>>;
};
struct LearnedW1A32 {
    static constexpr const char* name = "W1A32";
    using Network = ResNet20<Precision<LearnedBasis<1>, Real>, Precision<Real, Real>>;
};
struct LearnedW2A32 {
    static constexpr const char* name = "W2A32";
    using Network = ResNet20<Precision<LearnedBasis<2>, Real>, Precision<Real, Real>>;
};

}  // namespace cifar10
