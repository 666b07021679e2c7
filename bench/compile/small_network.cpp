// SPDX-License-Identifier: BSL-1.0
// The network of README.md: seven layers in two precisions.
#include <aquatint/aquatint.hpp>

using namespace aquatint;

using W8A8 = Precision<Uniform<8>, Uniform<8>, Carry<Uniform<8>>>;
using W4A8 = Precision<Uniform<4>, Uniform<8>, Carry<Uniform<8>>>;

template <Size Channels>
using Block = Residual<Conv<Channels, Kernel<3>>, BatchNorm, Relu, Conv<Channels, Kernel<3>>, BatchNorm>;

struct Digits : Network<Input<Image<28, 28>, Uniform<8>>,
                        Quantized<W8A8, Conv<16, Kernel<3>, Stride<2>>, BatchNorm, Relu>,
                        Quantized<W4A8, Block<16>, Relu, Block<16>, Relu>,
                        GlobalAverage,
                        Dense<10>> {};

Size digit(const Parameters<Digits>& parameters, Arena<Digits>& arena, const Byte* pixels) {
    return argmax(infer(parameters, arena, pixels));
}
