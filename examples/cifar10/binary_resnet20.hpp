// SPDX-License-Identifier: BSL-1.0
// The binary ResNet-20 of AdaBin (Tu et al., "AdaBin: Improving Binary Neural Networks with Adaptive Binary Sets", 2022): one bit
// for weights and activations of all convolutions but the first, a shortcut around each, what these carry in full precision.
#pragma once

#include <aquatint/aquatint.hpp>

namespace cifar10 {

using namespace aquatint;

using W1A1 = Precision<AdaptiveBinary, AdaptiveBinary, Carry<Real>>;

template <Size Channels>
using BinaryLayer = Sequential<Residual<Quantized<W1A1, Conv<Channels, Kernel<3>>>, BatchNorm>, TwoSlopes>;
template <Size Channels>
using BinaryWidenLayer =
    Sequential<Residual<Shortcut<Subsample>, Quantized<W1A1, Conv<Channels, Kernel<3>, Stride<2>>>, BatchNorm>, TwoSlopes>;

/// First and last layer are float, as they were trained.
struct AdaBinResNet20 : Network<Input<Image<32, 32, 3>, Uniform<8>>,
                        Conv<16, Kernel<3>>, BatchNorm, TwoSlopes,
                        BinaryLayer<16>, BinaryLayer<16>, BinaryLayer<16>, BinaryLayer<16>, BinaryLayer<16>, BinaryLayer<16>,
                        BinaryWidenLayer<32>, BinaryLayer<32>, BinaryLayer<32>, BinaryLayer<32>, BinaryLayer<32>, BinaryLayer<32>,
                        BinaryWidenLayer<64>, BinaryLayer<64>, BinaryLayer<64>, BinaryLayer<64>, BinaryLayer<64>, BinaryLayer<64>,
                        GlobalAverage, BatchNorm,
                        Dense<10>> {};

}  // namespace cifar10
