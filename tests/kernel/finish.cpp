// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

#include <aquatint/layer/layers.hpp>
#include <doctest/doctest.h>

#include <limits>

using namespace products;

namespace {

constexpr Size outputs = 21;
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// A vector through the identity: what is left is the epilogue.
struct Identity {
    Packed<Quantizer<Real>, outputs, outputs> packed{};
    Identity() {
        for (Size i = 0; i < outputs; ++i) packed.memory().store(i, i, std::bit_cast<unsigned>(1.0f));
    }
};
std::vector<float> finished(const std::vector<float>& sums, const Epilogue& epilogue) {
    static const Identity identity;
    std::vector<float> values(outputs);
    REQUIRE_FALSE(matvec(identity.packed, sums, values, epilogue));
    return values;
}
std::vector<float> drawn(Random& random) {
    std::vector<float> numbers(outputs);
    for (float& number : numbers) number = 10 * random.number();
    return numbers;
}

}  // namespace

TEST_CASE("scale and bias are one fused multiply-add, each may be missing") {
    Random random;
    const auto sums = drawn(random), scale = drawn(random), bias = drawn(random);
    const auto both = finished(sums, {.scale = scale, .bias = bias}), scaled = finished(sums, {.scale = scale});
    const auto biased = finished(sums, {.bias = bias}), neither = finished(sums, {});
    for (Size i = 0; i < outputs; ++i) {
        CHECK(both[i] == std::fma(sums[i], scale[i], bias[i]));
        CHECK(scaled[i] == sums[i] * scale[i]);
        CHECK(biased[i] == sums[i] + bias[i]);
        CHECK(neither[i] == sums[i]);
    }
}

TEST_CASE("activations are layers of single values") {
    Random random;
    const auto sums = drawn(random), slope = drawn(random), other = drawn(random);
    const auto relu = finished(sums, {.activation = Relu{}}), relu6 = finished(sums, {.activation = Relu6{}});
    const auto leaky = finished(sums, {.activation = LeakyRelu<10>{}});
    const auto prelu = finished(sums, {.activation = PRelu{}, .negative_slope = slope});
    const auto slopes = finished(sums, {.activation = TwoSlopes{}, .positive_slope = other, .negative_slope = slope});
    for (Size i = 0; i < outputs; ++i) {
        const bool negative = sums[i] < 0;
        CHECK(relu[i] == std::fmax(sums[i], 0.0f));
        CHECK(relu6[i] == std::fmin(std::fmax(sums[i], 0.0f), 6.0f));
        CHECK(leaky[i] == (negative ? sums[i] * 0.1f : sums[i]));
        CHECK(prelu[i] == (negative ? sums[i] * slope[i] : sums[i]));
        CHECK(slopes[i] == sums[i] * (negative ? slope : other)[i]);
    }
}

TEST_CASE("without an activation infinities and NaN pass through; codes take the ends, and the lowest code for NaN") {
    std::vector<float> bias(outputs);
    bias[0] = infinity;
    bias[1] = -infinity;
    bias[2] = not_a_number;
    const std::vector<float> sums(outputs);
    const auto values = finished(sums, {.bias = bias});
    CHECK(values[0] == infinity);
    CHECK(values[1] == -infinity);
    CHECK(std::isnan(values[2]));
    CHECK(finished(sums, {.bias = bias, .activation = Relu{}})[2] == 0);
    static const Identity identity;
    Byte codes[outputs];
    REQUIRE_FALSE(matvec(identity.packed, sums, coded<Uniform<8>>(codes, {0.5f}), {.bias = bias}));
    CHECK(codes[0] == 127);
    CHECK(codes[1] == 128);
    CHECK(codes[2] == 128);
}

TEST_CASE("codes are those that the policy gives to the numbers") {
    static const Identity identity;
    Random random;
    const auto compare = [&]<class Reader>(TypeTag<Reader>, const typename Reader::Levels& levels) {
        INFO(Reader::name);
        Size wrong = 0;
        for (int round = 0; round < 50; ++round) {
            const auto sums = drawn(random);
            Byte codes[outputs];
            REQUIRE_FALSE(matvec(identity.packed, sums, coded<Reader>(codes, levels)));
            for (Size i = 0; i < outputs; ++i) wrong += codes[i] != Reader::encode(sums[i], levels);
        }
        CHECK(wrong == 0);
    };
    compare(TypeTag<Uniform<8, Asymmetric>>{}, {0.07f, 100});
    compare(TypeTag<Uniform<3, Asymmetric>>{}, {1.3f, 2});
    compare(TypeTag<Uniform<8>>{}, {-0.09f});
    compare(TypeTag<Uniform<4>>{}, {0.7f});
    compare(TypeTag<Ternary>{}, {3.1f});
    compare(TypeTag<Log2<4>>{}, {0.5f});
    compare(TypeTag<LearnedBasis<2, Unipolar>>{}, {0.01f, {300, 500}});
    compare(TypeTag<AdaptiveBinary>{}, {0.5f, -0.25f});
}
