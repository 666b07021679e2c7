// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/policies.hpp>
#include <aquatint/policy/quantizer.hpp>
#include <cstring>
#include <doctest/doctest.h>
#include <limits>

using namespace aquatint;
using samples::Samples;

namespace {

bool breaks(const Error& error, const char* rule) { return error.rule != nullptr && std::strcmp(error.rule, rule) == 0; }

}  // namespace

TEST_CASE("matrices with gaps between their rows, per channel and per group") {
    constexpr Size outputs = 3, inputs = 10, pitch = 12;
    Samples weights = samples::gaussian(outputs * pitch);
    for (Size i = 0; i < weights.size(); ++i) weights[i] *= static_cast<float>(1 + i / pitch);
    const MatrixView<const float> matrix(weights.data(), outputs, inputs, pitch);

    using Quantized = Quantizer<Uniform<4>, PerGroup<4>>;
    REQUIRE(Quantized::levels_count(outputs, inputs) == 9);
    Quantized::Levels levels[9];
    Byte codes[outputs][inputs];
    float decoded[outputs][inputs], round_trip[outputs][inputs];
    REQUIRE_FALSE(Quantized::fit(matrix, levels));
    REQUIRE_FALSE(Quantized::encode(matrix, levels, codes));
    REQUIRE_FALSE(Quantized::decode(codes, levels, decoded));
    REQUIRE_FALSE(Quantized::round_trip(matrix, levels, round_trip));
    double sum = 0;
    for (Size output = 0; output < outputs; ++output) {
        for (Size group = 0; group < 3; ++group) {
            const Size length = group == 2 ? 2 : 4;
            const VectorView<const float> part(&matrix[output][group * 4], length);
            CHECK(levels[output * 3 + group].scale == Uniform<4>::fit(part).scale);
        }
        for (Size input = 0; input < inputs; ++input) {
            const auto shared = levels[output * 3 + input / 4];
            CHECK(codes[output][input] == Uniform<4>::encode(matrix[output][input], shared));
            CHECK(decoded[output][input] == Uniform<4>::decode(codes[output][input], shared));
            CHECK(decoded[output][input] == round_trip[output][input]);
            sum += std::pow(static_cast<double>(matrix[output][input] - decoded[output][input]), 2);
        }
    }
    CHECK(*Quantized::mean_square_error(matrix, levels) == doctest::Approx(sum / 30).epsilon(1e-6));

    Uniform<4>::Levels one[1], channels[3];
    CHECK(breaks(Quantizer<Uniform<4>>::fit(matrix, one), "what shares levels lies in one piece of memory"));
    const MatrixView<const float> dense(weights.data(), outputs, inputs);
    CHECK_FALSE(Quantizer<Uniform<4>>::fit(dense, one));
    CHECK(one[0].scale == Uniform<4>::fit({weights.data(), 30}).scale);
    CHECK_FALSE(Quantizer<Uniform<4>, PerChannel>::fit(matrix, channels));
    CHECK(channels[2].scale == Uniform<4>::fit(matrix[2]).scale);
}

TEST_CASE("finer granularity is never worse") {
    Samples weights = samples::laplace(8 * 64);
    for (Size i = 0; i < weights.size(); ++i) std::swap(weights[i], weights[i * 401 % weights.size()]);
    const MatrixView<const float> matrix(weights.data(), 8, 64);
    LearnedBasis<2>::Levels one[1], channels[8], groups[32];
    REQUIRE_FALSE(Quantizer<LearnedBasis<2>>::fit(matrix, one));
    REQUIRE_FALSE(Quantizer<LearnedBasis<2>, PerChannel>::fit(matrix, channels));
    REQUIRE_FALSE(Quantizer<LearnedBasis<2>, PerGroup<16>>::fit(matrix, groups));
    const double tensor = *Quantizer<LearnedBasis<2>>::mean_square_error(matrix, one);
    const double channel = *Quantizer<LearnedBasis<2>, PerChannel>::mean_square_error(matrix, channels);
    CHECK(channel <= tensor);
    CHECK(*Quantizer<LearnedBasis<2>, PerGroup<16>>::mean_square_error(matrix, groups) <= channel);
}

TEST_CASE("vectors, and a fit of the caller's choice") {
    const Samples weights = samples::gaussian(50);
    Ternary::Levels levels[1];
    Byte codes[50];
    float decoded[50];
    using Quantized = Quantizer<Ternary>;
    REQUIRE_FALSE(Quantized::fit(weights, levels));
    CHECK(levels[0].scale == Ternary::fit(weights).scale);
    REQUIRE_FALSE(Quantized::encode(weights, levels, codes));
    REQUIRE_FALSE(Quantized::decode(codes, levels, decoded));
    CHECK(decoded[49] == levels[0].scale);
    CHECK(decoded[0] == -levels[0].scale);
    CHECK(decoded[25] == 0);
    REQUIRE_FALSE(Quantized::fit(MatrixView<const float>(weights.data(), 1, 50), levels, Ternary::fit_twn));
    CHECK(levels[0].scale == Ternary::fit_twn(weights).scale);
}

TEST_CASE("real numbers pass unchanged") {
    const float weights[] = {1.25f, -3e-30f, 7};
    Real::Levels levels[1];
    float outputs[3];
    REQUIRE_FALSE(Quantizer<Real>::fit(weights, levels));
    REQUIRE_FALSE(Quantizer<Real>::round_trip(weights, levels, outputs));
    CHECK(std::memcmp(weights, outputs, sizeof weights) == 0);
}

TEST_CASE("sizes that disagree, and what cannot be fitted") {
    float weights[2][3]{{1, 2, 3}, {4, 5, 6}};
    Byte codes[2][3], fewer[2][2], taller[3][3];
    using Quantized = Quantizer<Ternary, PerChannel>;
    Ternary::Levels levels[2], three[3];
    Error error = Quantized::fit(weights, three);
    CHECK(breaks(error, "granularity and shape say how many levels there are"));
    CHECK(error.expected == "2");
    CHECK(error.found == "3");
    CHECK(breaks(Quantized::encode(weights, three, codes), "granularity and shape say how many levels there are"));
    CHECK(breaks(Quantized::encode(weights, levels, fewer), "input and output have as many columns"));
    CHECK(breaks(Quantized::decode(taller, levels, weights), "input and output have as many rows"));
    CHECK(Quantized::mean_square_error(weights, three).problem);

    weights[1][2] = std::numeric_limits<float>::quiet_NaN();
    error = Quantized::fit(weights, levels);
    CHECK(breaks(error, "weights to fit are finite"));
    CHECK(error.found == "NaN or infinity at output 1, input 2");
    CHECK(breaks(Quantizer<Ternary>::fit(MatrixView<const float>(&weights[0][0], 0, 3), {levels, 1}), "there is nothing to fit"));

    Byte unknown[1] = {3};
    float decoded[1];
    error = Quantizer<Ternary>::decode(unknown, {levels, 1}, decoded);
    CHECK(breaks(error, "a code has no level"));
    CHECK(error.found == "3");
}
