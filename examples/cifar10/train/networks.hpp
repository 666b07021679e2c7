// SPDX-License-Identifier: BSL-1.0
// The networks of the paper's table: all blocks in a precision of few bits, first convolution and last layer float, and what flows
// on the shortcuts float, too (Zhang et al., "LQ-Nets", 2018). Others to compare with stand below them.
#pragma once

#include "../binary_resnet20.hpp"
#include "../resnet20.hpp"

#include <aquatint/train/even_basis.hpp>

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
/// The blocks of W2A2; the first convolution on the raw pixels and the last layer in 8 bits.
struct LearnedW2A2Ends8 {
    static constexpr const char* name = "W2A2-ends8";
    using Ends = Precision<Uniform<8>, Uniform<8>>;
    using Network = ResNet20<Precision<LearnedBasis<2>, LearnedBasis<2>>, Ends, Ends>;
};
/// AdaBin's network: a shortcut around every convolution, slopes by sign.
struct LearnedW1A1 {
    static constexpr const char* name = "W1A1";
    using Network = AdaBinResNet20;
};
/// Evenly spaced levels whose step is learned (LSQ).
struct LearnedW2A2Uniform {
    static constexpr const char* name = "W2A2-uniform";
    using Network = ResNet20<Precision<Uniform<2>, Uniform<2>>, Full>;
};
/// W2A2 itself, of whose basis one number is free: what the other number is worth.
struct LearnedW2A2Even {
    static constexpr const char* name = "W2A2-even";
    using Network = LearnedW2A2::Network;
    using Method = train::EvenBasis;
};

}  // namespace cifar10
