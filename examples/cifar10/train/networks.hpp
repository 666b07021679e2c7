// SPDX-License-Identifier: BSL-1.0
// The networks of the paper's table: all blocks in a precision of few bits, first convolution and last layer float, and what flows
// on the shortcuts float, too (Zhang et al., "LQ-Nets", 2018).
#pragma once

#include "../resnet20.hpp"

namespace cifar10 {

/// Nothing is rounded outside of the blocks.
using Full = Precision<Real, Real>;

struct LearnedFloat {
    static constexpr const char* name = "float";
    using Network = ResNet20<Full, Full>;
};
struct LearnedW1A2 {
    static constexpr const char* name = "W1A2";
    using Network = ResNet20<Precision<LearnedBasis<1>, LearnedBasis<2>>, Full>;
};
struct LearnedW2A2 {
    static constexpr const char* name = "W2A2";
    using Network = ResNet20<Precision<LearnedBasis<2>, LearnedBasis<2>>, Full>;
};
struct LearnedW3A3 {
    static constexpr const char* name = "W3A3";
    using Network = ResNet20<Precision<LearnedBasis<3>, LearnedBasis<3>>, Full>;
};
struct LearnedW1A32 {
    static constexpr const char* name = "W1A32";
    using Network = ResNet20<Precision<LearnedBasis<1>, Real>, Full>;
};
struct LearnedW2A32 {
    static constexpr const char* name = "W2A32";
    using Network = ResNet20<Precision<LearnedBasis<2>, Real>, Full>;
};
/// Evenly spaced levels whose step is learned (LSQ), to compare with.
struct LearnedW2A2Uniform {
    static constexpr const char* name = "W2A2-uniform";
    using Network = ResNet20<Precision<Uniform<2>, Uniform<2>>, Full>;
};

}  // namespace cifar10
