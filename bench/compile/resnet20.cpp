// SPDX-License-Identifier: BSL-1.0
// Inference by a ResNet-20 in W4A8: nineteen convolutions of seven shapes.
#include "../../examples/cifar10/resnet20.hpp"

using namespace aquatint;

using Net = cifar10::ResNet20<Precision<Uniform<4>, Uniform<8>, Carry<Uniform<8>>>>;

Size object(const Parameters<Net>& parameters, Arena<Net>& arena, const Byte* pixels) {
    return argmax(infer(parameters, arena, pixels));
}
