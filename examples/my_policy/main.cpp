// SPDX-License-Identifier: BSL-1.0
// A policy of one's own beside those of the library, in a small network: its bytes, its arithmetic, how well it fits.
#include "fibonacci.hpp"

#include <aquatint/calibrate.hpp>
#include <cstdio>
#include <random>

using namespace aquatint;

namespace {

template <class Weight>
struct Small : Network<Input<Vector<64>, Uniform<8>>,
                       Quantized<Precision<Weight, Uniform<8>>, Dense<48>, Relu, Dense<48>, Relu>,
                       Dense<8>> {};

/// A network as training might have left it, and bytes to calibrate it with.
struct Data {
    FloatModel model;
    std::vector<Byte> samples;

    Data() {
        std::mt19937 random(1);
        std::student_t_distribution<float> weight(4);   // many small weights, some large ones
        for (const auto& [outputs, inputs] : {std::pair<Size, Size>{48, 64}, {48, 48}, {8, 48}}) {
            FloatLayer& layer = model.layers.emplace_back();
            for (Size i = 0; i < outputs * inputs; ++i) layer.weight.push_back(weight(random) / 8);
        }
        for (Size i = 0; i < 256 * 64; ++i) samples.push_back(static_cast<Byte>(random() & 255));
    }
};

template <class Weight>
void show(const Data& data) {
    using Net = Small<Weight>;
    static Parameters<Net> parameters;
    Observations observations;
    CalibrationReport report;
    Error problem = observe<Net>(data.model, {}, {data.samples.data(), 256, 64}, observations);
    if (!problem) problem = calibrate(observations, parameters, {}, &report);
    if (problem) std::printf("%s\n", problem.message().c_str());
    const bool integer = Net::graph.forms[Net::graph.steps[1].input_form].codes;
    std::printf("%-22s %u bits   %s arithmetic   %6zu bytes   error of the outputs %.2f %%\n", std::string(Weight::name).c_str(),
                Weight::bits, integer ? "integer" : "float  ", sizeof parameters, 100 * report.output_error);
}

}  // namespace

int main() {
    const Data data;
    show<Uniform<4>>(data);
    show<Log2<4>>(data);
    show<Fibonacci>(data);
    show<FibonacciIntegers>(data);
}
