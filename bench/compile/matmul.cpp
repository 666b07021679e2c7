// SPDX-License-Identifier: BSL-1.0
// A matrix in four bits times rows of bytes, inside somebody's engine.
#include <aquatint/aquatint.hpp>

using namespace aquatint;

Error layer(PackedView<Quantizer<Uniform<4>, PerChannel>> weights, MatrixView<const Byte> inputs, float scale,
            MatrixView<float> outputs) {
    return matmul(weights, coded<Uniform<8, Asymmetric>>(inputs, {scale, 0}), outputs, {.activation = Relu{}});
}
