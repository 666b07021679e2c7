// SPDX-License-Identifier: BSL-1.0
// ResNet-20 for CIFAR-10 (He et al., "Deep Residual Learning for Image Recognition", 2016) as a type: bytes of interleaved
// pixels in, ten numbers out.
#pragma once

#include <aquatint/aquatint.hpp>

namespace cifar10 {

using namespace aquatint;

template <Size Channels>
using Basic = Residual<Conv<Channels, Kernel<3>>, BatchNorm, Relu, Conv<Channels, Kernel<3>>, BatchNorm>;
template <Size Channels>
using Widen = Residual<Shortcut<Subsample>,
                       Conv<Channels, Kernel<3>, Stride<2>>, BatchNorm, Relu, Conv<Channels, Kernel<3>>, BatchNorm>;

/// All blocks work in the precision `Blocks`, the first convolution, which reads the raw pixels, in `First`, the last layer in
/// `Last`.
template <class Blocks, class First = Precision<Uniform<8>, Uniform<8>, Carry<Uniform<8>>>, class Last = Precision<Real, Real>>
struct ResNet20 : Network<Input<Image<32, 32, 3>, Uniform<8>>,
                          Quantized<First, Conv<16, Kernel<3>>, BatchNorm, Relu>,
                          Quantized<Blocks, Basic<16>, Relu, Basic<16>, Relu, Basic<16>, Relu,
                                            Widen<32>, Relu, Basic<32>, Relu, Basic<32>, Relu,
                                            Widen<64>, Relu, Basic<64>, Relu, Basic<64>, Relu>,
                          GlobalAverage,
                          Quantized<Last, Dense<10>>> {};

}  // namespace cifar10
