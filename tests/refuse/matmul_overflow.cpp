// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: a sum of this many products of these widths does not fit 32 bits: take fewer bits or inputs
// Named: 65794
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/pack/pack.hpp>

using namespace aquatint;

#ifdef MISTAKE
constexpr Size columns = 65794;
#else
constexpr Size columns = 65793;
#endif
Error product(const Packed<Quantizer<Uniform<8>>, 1, columns>& weights, VectorView<const Byte> codes, VectorView<float> outputs) {
    return matvec(weights, coded<Uniform<8, Asymmetric>>(codes, {0.5f, 3}), outputs);
}
