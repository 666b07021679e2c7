// SPDX-License-Identifier: BSL-1.0
// The three products of training against plain loops in double precision.
#include "../support/random_parameters.hpp"

#include <aquatint/train/depthwise.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <memory>

using namespace aquatint;
using support::Random;

namespace {

std::vector<float> random_numbers(Random& random, Size count) {
    std::vector<float> numbers(count);
    for (float& number : numbers) number = random.real(-1, 1);
    return numbers;
}
/// Fills the image inside of a ring of zeros.
std::vector<float> random_tensor(Random& random, const Extent& extent, Size samples) {
    std::vector<float> tensor(extent.elements() * samples + panel_outputs);
    for (Size sample = 0; sample < samples; ++sample)
        for (Size y = 0; y < extent.shape.height; ++y)
            for (Size i = 0; i < extent.shape.width * extent.shape.channels; ++i)
                tensor[sample * extent.elements() + extent.at(y, 0) + i] = random.real(-1, 1);
    return tensor;
}
double largest_difference(const std::vector<float>& found, const std::vector<double>& expected) {
    double worst = 0;
    for (Size i = 0; i < expected.size(); ++i) worst = std::fmax(worst, std::fabs(static_cast<double>(found[i]) - expected[i]));
    return worst;
}

void agrees_with_plain_loops(Shape in, Size outputs, const Geometry& g, Size samples = 1) {
    INFO("kernel ", g.kernel_height, ", stride ", g.stride, ", dilation ", g.dilation, ", groups ", g.groups, ", outputs ",
         outputs);
    const Product product{g, outputs};
    const Shape out = g.output(in, outputs);
    std::unique_ptr<train::ProductPass> pass;
    if (ProductPlan{product, {in, 0}, out}.depthwise()) pass.reset(new train::DepthwisePass(product, in, out));
    else pass.reset(new train::WindowPass(product, in, out));

    Random random{in.height * 131 + outputs};
    const Extent &from = pass->input_extent(), &back = pass->output_gradient_extent();
    const Size group_inputs = in.channels / g.groups, group_outputs = outputs / g.groups, taps = g.kernel_height * g.kernel_width;
    const std::vector<float> weights = random_numbers(random, outputs * group_inputs * taps);
    const std::vector<float> inputs = random_tensor(random, from, samples), gradients = random_tensor(random, back, samples);
    std::vector<float> sums(out.elements() * samples), input_gradients(in.elements() * samples), packed(pass->packed_floats()),
        gradient_packed(pass->gradient_packed_floats()), packed_sums(packed.size()), weight_gradients(weights.size());
    pass->pack(weights.data(), packed.data());
    pass->pack_for_gradient(weights.data(), gradient_packed.data());
    const train::Samples<const float> x{inputs.data(), samples, from.elements()}, dz{gradients.data(), samples, back.elements()};
    pass->sums(packed.data(), x, {sums.data(), samples, out.elements()});
    pass->input_gradient(gradient_packed.data(), dz, {input_gradients.data(), samples, in.elements()});
    pass->weight_gradient(x, dz, packed_sums.data());
    pass->unpack(packed_sums.data(), weight_gradients.data());

    std::vector<double> expected_sums(sums.size()), expected_inputs(input_gradients.size()), expected_weights(weights.size());
    for (Size sample = 0; sample < samples; ++sample)
        for (Size y = 0; y < out.height; ++y)
            for (Size x_ = 0; x_ < out.width; ++x_)
                for (Size o = 0; o < outputs; ++o)
                    for (Size c = 0; c < group_inputs; ++c)
                        for (Size ky = 0; ky < g.kernel_height; ++ky)
                            for (Size kx = 0; kx < g.kernel_width; ++kx) {
                                const Size row = y * g.stride + ky * g.dilation, column = x_ * g.stride + kx * g.dilation;
                                if (row < g.padding_height || row - g.padding_height >= in.height) continue;
                                if (column < g.padding_width || column - g.padding_width >= in.width) continue;
                                const Size channel = o / group_outputs * group_inputs + c,
                                           weight = (o * group_inputs + c) * taps + ky * g.kernel_width + kx;
                                const Size at =
                                    ((row - g.padding_height) * in.width + column - g.padding_width) * in.channels + channel;
                                const double input = static_cast<double>(
                                    inputs[sample * from.elements() + from.at(row - g.padding_height, column - g.padding_width) +
                                           channel]);
                                const double gradient =
                                    static_cast<double>(gradients[sample * back.elements() + back.at(y, x_) + o]);
                                expected_sums[sample * out.elements() + (y * out.width + x_) * outputs + o] +=
                                    static_cast<double>(weights[weight]) * input;
                                expected_inputs[sample * in.elements() + at] += static_cast<double>(weights[weight]) * gradient;
                                expected_weights[weight] += input * gradient;
                            }
    CHECK(largest_difference(sums, expected_sums) < 1e-4);
    CHECK(largest_difference(input_gradients, expected_inputs) < 1e-4);
    CHECK(largest_difference(weight_gradients, expected_weights) < 1e-4);
}
Geometry window(Size kernel, Size stride, Size padding, Size dilation = 1, Size groups = 1) {
    Geometry g;
    g.kernel_height = g.kernel_width = kernel;
    g.stride = stride;
    g.padding_height = g.padding_width = padding;
    g.dilation = dilation;
    g.groups = groups;
    return g;
}

}  // namespace

TEST_CASE("sums and both gradients of every kind of product are those of plain loops") {
    agrees_with_plain_loops({8, 8, 16}, 16, window(3, 1, 1));
    agrees_with_plain_loops({8, 8, 16}, 32, window(3, 2, 1), 2);
    agrees_with_plain_loops({7, 5, 6}, 10, window(3, 2, 1));
    agrees_with_plain_loops({7, 7, 6}, 10, window(3, 1, 0, 2));
    agrees_with_plain_loops({9, 9, 6}, 10, window(3, 2, 1, 2, 2), 3);
    agrees_with_plain_loops({9, 9, 6}, 10, window(5, 3, 2));
    agrees_with_plain_loops({7, 7, 6}, 10, window(1, 2, 0));   // inputs that nobody reads
    agrees_with_plain_loops({7, 7, 4}, 6, window(2, 3, 0, 1, 2));
    agrees_with_plain_loops({5, 5, 3}, 40, window(3, 1, 2));       // more padding than needed
    agrees_with_plain_loops({1, 1, 37}, 10, window(1, 1, 0), 5);   // dense: samples are pixels
    agrees_with_plain_loops({6, 6, 20}, 20, window(3, 1, 1, 1, 20), 2);
    agrees_with_plain_loops({7, 7, 9}, 9, window(3, 2, 1, 1, 9));
    Geometry wide = window(3, 1, 1);
    wide.kernel_width = 1;
    wide.padding_width = 0;
    agrees_with_plain_loops({6, 4, 5}, 7, wide);
}
