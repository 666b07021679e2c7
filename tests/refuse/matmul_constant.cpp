// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: outputs are floats, bytes as coded<Policy>\(bytes, levels\), or Int32 where sums are integers
// Named: const unsigned char
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/pack/pack.hpp>

using namespace aquatint;

#ifdef MISTAKE
using Output = const Byte;
#else
using Output = Byte;
#endif
Error product(const Packed<Quantizer<Uniform<4>>, 3, 5>& weights, const float (&inputs)[2][5], Output (&outputs)[2][3]) {
    return matmul(weights, inputs, coded<Uniform<8, Asymmetric>>(outputs, {0.5f, 3}));
}
