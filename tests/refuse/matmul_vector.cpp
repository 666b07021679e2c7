// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: matmul reads and writes matrices: arrays or MatrixViews, or what coded makes of them
// Named: VectorView
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/pack/pack.hpp>

using namespace aquatint;

Error product(const Packed<Quantizer<Uniform<4>>, 3, 5>& weights, VectorView<float> inputs, VectorView<float> outputs) {
#ifdef MISTAKE
    return matmul(weights, inputs, outputs);
#else
    return matvec(weights, inputs, outputs);
#endif
}
