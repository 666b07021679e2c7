// SPDX-License-Identifier: BSL-1.0
// A matrix in four bits: packs it, multiplies by it, prints what was saved and what was lost.
#include <aquatint/aquatint.hpp>
#include <cmath>
#include <cstdio>
#include <random>

using namespace aquatint;
using W4 = Quantizer<Uniform<4>, PerChannel>;

int main() {
    constexpr Size outputs = 1024, inputs = 1024, rows = 32;
    static float weights[outputs][inputs], activations[rows][inputs], results[rows][outputs];
    std::mt19937 random;
    std::normal_distribution<float> normal;
    for (auto& row : weights)
        for (float& weight : row) weight = normal(random);
    for (auto& row : activations)
        for (float& activation : row) activation = normal(random);

    static Packed<W4, outputs, inputs> packed;                      // where the memory lives is said by its owner
    Error problem = pack(weights, packed);                          // fits a scale a row; float -> codes in kernel order
    if (!problem) problem = matmul(packed, activations, results);   // the fastest routine for this pair on this processor
    if (problem) {
        std::printf("%s\n", problem.message().c_str());
        return 1;
    }

    double lost = 0, total = 0;
    for (Size row = 0; row < rows; ++row)
        for (Size output = 0; output < outputs; ++output) {
            double exact = 0;
            for (Size input = 0; input < inputs; ++input)
                exact += double{activations[row][input]} * double{weights[output][input]};
            lost += (results[row][output] - exact) * (results[row][output] - exact);
            total += exact * exact;
        }
    std::printf("%zu x %zu weights: %zu bytes in float, %zu in four bits\n", outputs, inputs, sizeof weights, sizeof packed);
    std::printf("error of the product: %.1f %% (root mean square)\n", 100 * std::sqrt(lost / total));
}
