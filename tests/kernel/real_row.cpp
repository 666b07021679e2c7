// SPDX-License-Identifier: BSL-1.0
#include "../laws/all_policies.hpp"
#include "products.hpp"

#include <doctest/doctest.h>

using namespace products;

namespace {

struct RowProblem {
    Size outputs, inputs;
};
/// Fewer and more than the panels of a group, and than the cells that are decoded at a time; whole cells and not.
constexpr RowProblem problems[] = {{1, 1}, {17, 31}, {64, 36}, {100, 130}, {33, 8}};

/// One chain an output, from zero on.
template <class Quantizer>
Size wrong_rows() {
    Random random;
    Size wrong = 0;
    for (const auto& [outputs, inputs] : problems) {
        const Weights<Quantizer> weights({outputs, inputs}, random);
        Rows<float> x = drawn_numbers(1, inputs, random);
        std::vector<float> bias(outputs), found(outputs);
        for (float& number : bias) number = random.number();
        REQUIRE_FALSE(matvec(weights, x.view()[0], found, {.bias = bias}));
        for (Size output = 0; output < outputs; ++output) {
            float sum = 0;
            for (Size input = 0; input < inputs; ++input)
                sum = std::fma(x[0][input], weights.view().value(output, input), sum);
            wrong += found[output] != std::fma(sum, 1.0f, bias[output]);
        }
    }
    return wrong;
}

}  // namespace

TEST_CASE_TEMPLATE("one row of floats times packed weights is a chain an output", Packing, Quantizer<Real>,
                   Quantizer<Uniform<8>, PerChannel>, Quantizer<Uniform<8, Asymmetric>, PerTensor>,
                   Quantizer<Uniform<4>, PerGroup<16>>, Quantizer<Uniform<4, Asymmetric>, PerGroup<8>>,
                   Quantizer<Uniform<4>, PerGroup<7>>, Quantizer<Uniform<3>, PerGroup<8>>, Quantizer<Uniform<2>, PerGroup<4>>,
                   Quantizer<Binary, PerGroup<16>>, Quantizer<Ternary, PerChannel>, Quantizer<Log2<4>, PerChannel>,
                   Quantizer<LearnedBasis<2>, PerChannel>, Quantizer<AdaptiveBinary, PerChannel>,
                   Quantizer<laws::Lopsided, PerTensor>) {
    CHECK(wrong_rows<Packing>() == 0);
}
