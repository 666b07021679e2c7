// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/depthwise.hpp>
#include <aquatint/policy/log2.hpp>
#include <aquatint/policy/uniform.hpp>
#include <doctest/doctest.h>

#include <vector>

using namespace aquatint;

static_assert(kernel_shape({.kernel_height = 3, .kernel_width = 5, .stride = 2}) == KernelShape{3, 5, 2});
static_assert(kernel_shape({.kernel_height = 3, .kernel_width = 3, .stride = 4, .dilation = 2}) == KernelShape{3, 3, 2});
static_assert(kernel_shape({.kernel_height = 3, .kernel_width = 3, .stride = 3, .dilation = 2}) == KernelShape{});
static_assert(kernel_shape({.kernel_height = 9, .kernel_width = 9}) == KernelShape{});

namespace {

/// Keeps the sums of every output and counts how often it is written.
struct Recorder {
    Shape out;
    std::vector<Int32> sums = std::vector<Int32>(out.elements());
    std::vector<int> times = std::vector<int>(out.elements());
    Size first = 0, count = 0;

    void begin_panel(Size first_output, Size outputs, const float*) { first = first_output, count = outputs; }
    void write(Size row, Size column, Size pixels, const Int32 (*values)[panel_outputs]) {
        for (Size pixel = 0; pixel < pixels; ++pixel)
            for (Size output = 0; output < count; ++output) {
                const Size place = (row * out.width + column + pixel) * out.channels + first + output;
                sums[place] = values[pixel][output];
                ++times[place];
            }
    }
};

template <class Weight, class Arch, KernelShape Kernel>
void compare(const ProductPlan& plan) {
    support::Random random;
    const Geometry& g = plan.product.geometry;
    const Size channels = plan.product.outputs, taps = plan.taps();
    const CellOrder order{Weight::bits, channels, plan.segments()};
    std::vector<unsigned> codes(channels * taps);
    std::vector<Byte> packed(order.bytes()), input(plan.in.elements() + panel_outputs);
    const std::vector<typename Weight::Levels> levels(channels);
    for (Byte& byte : input) byte = static_cast<Byte>(random.extreme(0, 255));
    for (Size i = 0; i < codes.size(); ++i) {
        codes[i] = static_cast<unsigned>(random.extreme(0, Weight::codes - 1));
        order.store(packed.data(), i / taps, 0, i % taps, codes[i]);
    }
    std::vector<Int8> digits(digit_bytes(plan));
    std::vector<Int16> wide(depthwise_wide<Weight>(plan));
    DepthwiseProduct<Arch, Weight> product{plan, packed.data(), levels.data(), 1, input.data(), {digits.data(), wide.data()}};
    Recorder recorder{plan.out};
    integer_depthwise<Kernel>(product, recorder);

    Size wrong = 0;
    for (Size i = 0; i < recorder.sums.size(); ++i) {
        const Size channel = i % channels, pixel = i / channels;
        const Byte* const first = input.data() + plan.first_input(pixel / plan.out.width, pixel % plan.out.width) + channel;
        Int32 sum = 0;
        for (Size tap = 0; tap < taps; ++tap)
            sum += Terms<Weight>::integer(codes[channel * taps + tap], {}) *
                   first[g.dilation * (tap / g.kernel_width * plan.in.pitch() + tap % g.kernel_width * channels)];
        wrong += recorder.sums[i] != sum || recorder.times[i] != 1;
    }
    INFO(Arch::name << ", " << Weight::bits << " bits, " << plan.out.height << " x " << plan.out.width);
    CHECK(wrong == 0);
}

template <class Weight>
void compare_all() {
    constexpr Geometry near{.kernel_height = 3, .kernel_width = 3, .groups = 19, .padding_height = 1, .padding_width = 1},
        far{.kernel_height = 2, .kernel_width = 3, .dilation = 2, .groups = 19, .padding_height = 1, .padding_width = 2};
    for (const Size width : {1u, 5u, 33u, 40u}) {
        const Shape in{3, width, 19};
        for (const Geometry& g : {near, far}) {
            const ProductPlan plan{{g, in.channels}, {in, 2}, g.output(in, in.channels)};
            compare<Weight, Scalar, KernelShape{}>(plan);
            compare<Weight, Native, KernelShape{}>(plan);
        }
        compare<Weight, Native, kernel_shape(near)>({{near, in.channels}, {in, 1}, near.output(in, in.channels)});
    }
}

}  // namespace

TEST_CASE("depthwise products are the sums of their taps, in images of any width") {
    compare_all<Uniform<8>>();
    compare_all<Uniform<3>>();
    compare_all<Log2<5>>();   // two digits, joined
}
