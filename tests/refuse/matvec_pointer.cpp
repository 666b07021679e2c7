// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: matvec reads and writes vectors: arrays, containers or VectorViews, or what coded makes of them
// Named: float ?\*
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/pack/pack.hpp>

using namespace aquatint;

Error product(const Packed<Quantizer<Uniform<4>>, 3, 5>& weights, const float* inputs, VectorView<float> outputs) {
#ifdef MISTAKE
    return matvec(weights, inputs, outputs);
#else
    return matvec(weights, VectorView<const float>(inputs, 5), outputs);
#endif
}
