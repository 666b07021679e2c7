// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <algorithm>
#include <aquatint/train.hpp>

using namespace aquatint;

namespace {

using Few = Precision<LearnedBasis<2>, Uniform<4>>;
struct Mixed : Network<Input<Vector<6>>, Quantized<Few, Dense<3>, Relu>, Dense<2>> {};

/// Sixteen samples of two classes.
struct Samples {
    std::vector<float> inputs;
    std::vector<Byte> labels;
    Samples() {
        train::Random random(3);
        for (Byte i = 0; i < 16; ++i) {
            labels.push_back(i % 2);
            for (int k = 0; k < 6; ++k) inputs.push_back(static_cast<float>(random.normal() + (i % 2)));
        }
    }
    train::Data data() const { return {MatrixView<const float>(inputs.data(), 16, 6), labels}; }
};

}  // namespace

TEST_CASE("weights and their levels can be looked at") {
    const Samples samples;
    train::Model<Mixed> model;
    const Size last = model.description().steps.size() - 1;
    Size product = 0;
    while (model.description().steps[product].work != Work::product) ++product;
    CHECK(model.weight_levels(product, 0).empty());   // not known before a batch was seen
    REQUIRE_FALSE(fit(model, samples.data(), {.epochs = 2, .batch = 8}));

    const FloatModel floats = model.float_model();
    for (Size output = 0; output < 3; ++output) {
        const VectorView<const float> weights = model.weights(product, output);
        REQUIRE(weights.size == 6);
        for (Size i = 0; i < 6; ++i) CHECK(weights[i] == floats.layers[0].weight[output * 6 + i]);

        // They are those of the frozen network.
        Parameters<Mixed> parameters;
        REQUIRE_FALSE(freeze(model, parameters));
        const std::vector<float> levels = model.weight_levels(product, output);
        REQUIRE(levels.size() == 4);
        const auto& frozen = step_of<1>(parameters).levels[output];
        for (unsigned code = 0; code < 4; ++code)
            CHECK(std::count(levels.begin(), levels.end(), LearnedBasis<2>::decode(code, frozen)) >= 1);
        CHECK(std::is_sorted(levels.begin(), levels.end()));
    }
    CHECK(model.weights(last, 1).size == 3);
    CHECK(model.weight_levels(last, 1).empty());   // real
}

TEST_CASE("outputs of the simulation are those of the frozen network, sample by sample") {
    const Samples samples;
    train::Model<Mixed> model;
    REQUIRE_FALSE(fit(model, samples.data(), {.epochs = 2, .batch = 8}));
    Parameters<Mixed> parameters;
    Arena<Mixed> arena;
    REQUIRE_FALSE(freeze(model, parameters));
    const std::vector<float> outputs = outputs_of(model, samples.data());
    REQUIRE(outputs.size() == 16 * 2);
    for (Size i = 0; i < 16; ++i) {
        const VectorView<const float> packed = infer(parameters, arena, samples.inputs.data() + i * 6);
        for (Size k = 0; k < 2; ++k)
            CHECK(packed[k] == doctest::Approx(outputs[i * 2 + k]).epsilon(1e-3));   // biases are whole steps of the accumulator
    }
}
