// SPDX-License-Identifier: BSL-1.0
// What is trained beside the networks of learned.hpp: others to compare them with.
#pragma once

#include "../binary_resnet20.hpp"
#include "../learned.hpp"

#include <aquatint/train/even_basis.hpp>

namespace cifar10 {

/// Nothing is rounded outside of the blocks.
using Full = Precision<Real, Real>;

struct LearnedFloat {
    static constexpr const char* name = "float";
    using Network = ResNet20<Full, Full>;
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
