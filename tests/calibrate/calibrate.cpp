// SPDX-License-Identifier: BSL-1.0
#include "models.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>
#include <string>

using namespace aquatint;
using namespace calibration;

namespace {

using Carried = Carry<Uniform<8>>;
using W8A8 = Precision<Uniform<8>, Uniform<8>, Carried>;
using W4A4 = Precision<Uniform<4>, Uniform<4>, Carried>;

template <class Numbers>
struct Small : Network<Input<Image<9, 7, 3>, Uniform<8>>,
                       Quantized<W8A8, Conv<12, Kernel<3>>, BatchNorm, Relu>,
                       Quantized<Numbers, Residual<Conv<12, Kernel<3>>, BatchNorm, Relu, Conv<12, Kernel<3>>, BatchNorm>, Relu,
                                 MaxPool<Kernel<2>>, Depthwise<Kernel<3>>, PRelu,
                                 Residual<Shortcut<Conv<20>>, Conv<20, Kernel<3>, Groups<2>>>, Relu6>,
                       GlobalAverage, Dense<5>> {};

template <class Net>
struct Calibrated {
    FloatModel model = random_model<Net>(11);
    std::vector<Byte> inputs = random_inputs<Net>(40, 3);
    std::unique_ptr<Parameters<Net>> parameters{new Parameters<Net>};
    CalibrationReport report;
    Error problem;

    explicit Calibrated(const CalibrationOptions& options = {}) {
        Observations seen;
        problem = observe<Net>(model, three_colours, samples(), seen);
        if (!problem) problem = calibrate<Net>(seen, *parameters, options, &report);
    }
    MatrixView<const Byte> samples() const { return {inputs.data(), 40, Net::input_shape.elements()}; }
};

template <class Numbers>
double lost(const CalibrationOptions& options = {}) {
    const Calibrated<Small<Numbers>> calibrated(options);
    INFO(std::string(calibrated.problem.message().c_str()));
    REQUIRE(!calibrated.problem);
    return calibrated.report.output_error;
}

std::string refused(const Error& e) { return e.message().c_str(); }

}  // namespace

TEST_CASE("more bits lose less, and eight lose almost nothing") {
    const double w8 = lost<W8A8>(), w4 = lost<W4A4>(), w3 = lost<Precision<Uniform<3>, Uniform<3>, Carried>>();
    CHECK(w8 < 0.002);
    CHECK(w8 < w4);
    CHECK(w4 < w3);
    CHECK(w4 < 0.2);
}

TEST_CASE("every policy calibrates, as weights and as activations") {
    CHECK(lost<Precision<LearnedBasis<3, Offset>, LearnedBasis<4>, Carried>>() < 0.3);
    CHECK(lost<Precision<Log2<5>, Uniform<6>>>() < 0.4);
    CHECK(lost<Precision<Uniform<4, Asymmetric>, Real>>() < 0.1);
}

TEST_CASE("a correction is kept only where it brings the outputs nearer") {
    const double plain = lost<W4A4>({.correct = false}), corrected = lost<W4A4>();
    CHECK(corrected <= plain);
    CHECK(corrected < 0.9 * plain);   // on this network it helps
}

TEST_CASE("ranges by percentile and by extremes") {
    CHECK(lost<W8A8>({.range = RangeRule::min_max}) < 0.002);
    CHECK(lost<W8A8>({.range = RangeRule::percentile, .percentile = 0.9999}) < 0.01);
    CHECK(lost<W8A8>({.range = RangeRule::percentile, .percentile = 0.7}) > 0.01);   // far too narrow
}

TEST_CASE("the same parameters every time, whatever the threads do") {
    using Net = Small<W4A4>;
    const Calibrated<Net> once, again;
    REQUIRE(!once.problem);
    CHECK(std::memcmp(once.parameters.get(), again.parameters.get(), sizeof(Parameters<Net>)) == 0);
}

TEST_CASE("large biases beside tiny weights fit all the same") {
    using Net = Small<W8A8>;
    FloatModel model = random_model<Net>(11);
    for (float& weight : model.layers[2].weight) weight *= 1e-9f;
    model.layers[2].bias.assign(model.layers[2].bias.size(), 2.0f);
    const std::vector<Byte> inputs = random_inputs<Net>(8, 3);
    const std::unique_ptr<Parameters<Net>> parameters(new Parameters<Net>);
    const Error e = calibrate<Net>(model, three_colours, {inputs.data(), 8, Net::input_shape.elements()}, *parameters);
    INFO(std::string(e.message().c_str()));
    CHECK(!e);
}

TEST_CASE("what does not fit the network is refused in words") {
    using Net = Small<W8A8>;
    const std::unique_ptr<Parameters<Net>> parameters(new Parameters<Net>);
    const std::vector<Byte> inputs = random_inputs<Net>(4, 1);
    const MatrixView<const Byte> samples(inputs.data(), 4, Net::input_shape.elements());
    const FloatModel good = random_model<Net>(1);
    REQUIRE(!calibrate<Net>(good, three_colours, samples, *parameters));

    CHECK(refused(calibrate<Net>(good, three_colours, {inputs.data(), 0, samples.columns}, *parameters)) ==
          "samples: calibration needs at least one sample input");
    CHECK(refused(calibrate<Net>(good, three_colours, {inputs.data(), 2, 100}, *parameters)) ==
          "samples: a sample input has another number of elements than the network's Input; expected 189, found 100");

    const auto normalized = [&](const Normalization& normalization) {
        return refused(calibrate<Net>(good, normalization, samples, *parameters));
    };
    CHECK(normalized({{0.5f}, {0.25f}}) == "");   // one for all
    CHECK(normalized({{0.5f, 0.5f}, {}}) ==
          "normalization: a normalization has one number for each channel of the input, or one for all; expected 3, found 2");
    CHECK(normalized({{}, {0.5f, 0, 0.5f}}) ==
          "normalization: the numbers of a normalization are finite, and its deviations above zero");
    CHECK(normalized({{std::numeric_limits<float>::infinity()}, {}}).find("are finite") != std::string::npos);

    FloatModel fewer = good;
    fewer.layers.pop_back();
    CHECK(refused(calibrate<Net>(fewer, three_colours, samples, *parameters)) ==
          "model: the model has another number of layers with parameters than the network; expected 11, found 10");

    FloatModel narrow = good;
    narrow.layers[0].weight.pop_back();
    CHECK(refused(calibrate<Net>(narrow, three_colours, samples, *parameters)) ==
          "layer 0 weight: a tensor has another number of elements than the network's type says; expected 324, found 323");

    for (const float wrong : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        FloatModel broken = good;
        broken.layers[4].weight[7] = wrong;
        CHECK(refused(calibrate<Net>(broken, three_colours, samples, *parameters)) ==
              "layer 4 weight: a tensor holds NaN or infinity");
    }
    FloatModel negative = good;
    negative.layers[1].variance[0] = -5;
    CHECK(refused(calibrate<Net>(negative, three_colours, samples, *parameters)) ==
          "layer 1: a variance of a BatchNorm is negative");

    CHECK(refused(freeze<Net>(good, three_colours, *parameters)).find("the levels of an activation are not known") !=
          std::string::npos);
}

TEST_CASE("a float input has no normalization, and its samples are numbers") {
    struct Net : Network<Input<Vector<4>>, Quantized<W8A8, Dense<3>>> {};
    static Parameters<Net> parameters;
    const FloatModel model = random_model<Net>(5);
    float samples[2][4] = {{1, 2, 3, 4}, {-1, 0, 1, 2}};
    const MatrixView<const float> view(samples[0], 2, 4);
    CHECK(refused(calibrate<Net>(model, {}, view, parameters)) == "");
    CHECK(refused(calibrate<Net>(model, {{0.5f}, {}}, view, parameters)) ==
          "normalization: a float input is taken as it is, without normalization");
    samples[1][2] = std::numeric_limits<float>::quiet_NaN();
    CHECK(refused(calibrate<Net>(model, {}, view, parameters)) == "samples: a sample input holds NaN or infinity");
}
