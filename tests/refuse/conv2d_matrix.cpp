// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: conv2d reads and writes images: ImageView, or coded<Policy>\(ImageView, levels\)
// Named: MatrixView
#include <aquatint/kernel/conv2d.hpp>
#include <aquatint/pack/pack.hpp>

using namespace aquatint;

#ifdef MISTAKE
using View = MatrixView<float>;
#else
using View = ImageView<float>;
#endif
Error product(const Packed<Quantizer<Uniform<4>>, 3, 5, 3>& weights, View inputs, View outputs) {
    return conv2d(weights, inputs, outputs);
}
