// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: inputs are floats, or bytes that coded<Policy>\(bytes, levels\) gives a meaning
// Named: unsigned char
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/pack/pack.hpp>

using namespace aquatint;

Error product(const Packed<Quantizer<Uniform<4>>, 3, 5>& weights, const Byte (&inputs)[2][5], float (&outputs)[2][3]) {
#ifdef MISTAKE
    return matmul(weights, inputs, outputs);
#else
    return matmul(weights, coded<Uniform<8, Asymmetric>>(inputs, {0.5f, 3}), outputs);
#endif
}
