// SPDX-License-Identifier: BSL-1.0
// Matrix products by the tiles of the dot and float families: GOP/s, and the share of what the registers allow in the same run.
#include "../harness/ceilings.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/policy/uniform.hpp>

#include <cstdio>
#include <vector>

using namespace bench;

namespace {

/// `rows` inputs vectors times `outputs` weight vectors, each `inputs` long.
struct Shape {
    Size rows, outputs, inputs;
    double operations() const { return 2.0 * static_cast<double>(rows * outputs * inputs); }
};

struct Random {
    UInt64 state = 88172645463325252;
    unsigned operator()() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<unsigned>(state >> 33);
    }
};

void print(const char* name, const Shape& shape, double seconds, double ceiling, bool right) {
    const double speed = shape.operations() / seconds * 1e-9;
    std::printf("%-6s %4zu x %4zu x %4zu %9.2f us %7.1f GOP/s %5.1f %% of %4.0f%s\n", name, shape.rows, shape.outputs,
                shape.inputs, seconds * 1e6, speed, 100 * speed / ceiling, ceiling, right ? "" : "   WRONG");
}

/// Decoded panel by panel into scratch memory as part of the product, or once before it.
enum class Decode { each_time, before };

/// All rows pass a panel of weights, `Pixels` at a time.
template <class Weight, unsigned InputBits, Size Pixels = 4, Decode When = Decode::each_time>
void measure_dot(const char* name, const Shape& shape, double ceiling) {
    constexpr int largest_digit = most(-Terms<Weight>::lowest_digit, Terms<Weight>::highest_digit);
    constexpr unsigned steps = 32767 / (2 * ((1 << InputBits) - 1) * largest_digit);
    using Digit = std::conditional_t<steps == 0, Int16, Int8>;
    const CellOrder order{Weight::bits, shape.outputs, {1, shape.inputs}};
    const Size panel_digits = order.byte_vectors() * vector_bytes;
    const Window window{1, 0, 1, 0, shape.inputs};

    Random random;
    std::vector<Byte> packed(order.bytes()), inputs(shape.rows * shape.inputs + 3);
    for (Byte& code : packed) code = static_cast<Byte>(random());
    for (Byte& input : inputs) input = static_cast<Byte>(random() & ((1u << InputBits) - 1));
    std::vector<Int8> bytes(panel_digits);
    std::vector<Digit> decoded(panel_digits * order.panels());
    std::vector<Int32> sums(shape.rows * shape.outputs);

    const auto decode = [&](Size panel, Digit* digits) {
        const CellOrder panel_order{Weight::bits, panel_outputs, {1, shape.inputs}};
        const Byte* const codes = packed.data() + panel * order.panel_bytes();
        if constexpr (steps == 0) {
            Chosen<DecodeDigits<Weight, 0>, Native>::run(codes, panel_order, nullptr, bytes.data());
            Chosen<WidenDigits, Native>::run(bytes.data(), order.inputs.cells(), digits);
        } else {
            Chosen<DecodeDigits<Weight, 0>, Native>::run(codes, panel_order, nullptr, digits);
        }
    };
    for (Size panel = 0; panel < order.panels(); ++panel) decode(panel, &decoded[panel * panel_digits]);
    const double seconds = seconds_per_call([&] {
        for (Size panel = 0; panel < order.panels(); ++panel) {
            Digit* const digits = &decoded[When == Decode::before ? panel * panel_digits : 0];
            if (When == Decode::each_time) decode(panel, digits);
            for (Size row = 0; row < shape.rows; row += Pixels) {
                const Byte* pixels[Pixels];
                for (Size pixel = 0; pixel < Pixels; ++pixel) pixels[pixel] = inputs.data() + (row + pixel) * shape.inputs;
                auto* const tile = reinterpret_cast<Int32(*)[panel_outputs]>(&sums[(panel * shape.rows + row) * panel_outputs]);
                Chosen<DotTile<steps, Pixels>, Native>::run(digits, pixels, window, tile);
            }
        }
    });
    bool right = true;
    for (Size sample = 0; sample < 100; ++sample) {
        const Size row = random() % shape.rows, output = random() % shape.outputs;
        Int64 sum = 0;
        for (Size input = 0; input < shape.inputs; ++input)
            sum += inputs[row * shape.inputs + input] * Weight::integer(order.load(packed.data(), output, 0, input));
        right &= sum == sums[(output / panel_outputs * shape.rows + row) * panel_outputs + output % panel_outputs];
    }
    print(name, shape, seconds, ceiling, right);
}

template <Size Pixels = 4>
void measure_real(const Shape& shape, double ceiling) {
    Random random;
    std::vector<float> panels(shape.outputs * shape.inputs), inputs(shape.rows * shape.inputs), sums(shape.rows * shape.outputs);
    for (float& weight : panels) weight = static_cast<float>(random() % 255) - 127;
    for (float& input : inputs) input = static_cast<float>(random() % 255);
    const Window window{1, 0, 1, 0, shape.inputs};
    const double seconds = seconds_per_call([&] {
        for (float& sum : sums) sum = 0;
        for (Size panel = 0; panel < shape.outputs / panel_outputs; ++panel)
            for (Size row = 0; row < shape.rows; row += Pixels) {
                const float* pixels[Pixels];
                for (Size pixel = 0; pixel < Pixels; ++pixel) pixels[pixel] = inputs.data() + (row + pixel) * shape.inputs;
                auto* const tile = reinterpret_cast<float(*)[panel_outputs]>(&sums[(panel * shape.rows + row) * panel_outputs]);
                Chosen<RealTile<Pixels>, Native>::run(panels.data() + panel * shape.inputs * panel_outputs, pixels, window, tile);
            }
    });
    bool right = true;
    for (Size sample = 0; sample < 100; ++sample) {
        const Size row = random() % shape.rows, output = random() % shape.outputs;
        float sum = 0;
        for (Size input = 0; input < shape.inputs; ++input)
            sum = fused(inputs[row * shape.inputs + input],
                        panels[(output / panel_outputs * shape.inputs + input) * panel_outputs + output % panel_outputs], sum);
        right &= sum == sums[(output / panel_outputs * shape.rows + row) * panel_outputs + output % panel_outputs];
    }
    print("float", shape, seconds, ceiling, right);
}

}  // namespace

int main() {
    const Ceilings ceilings = measure_ceilings();
    std::printf("ceilings in GOP/s: wide %.0f, single %.0f, twofold %.0f, steps %.0f, float %.0f, lookup %.0f\n", ceilings.wide,
                ceilings.single, ceilings.twofold, ceilings.steps, ceilings.real, ceilings.lookup);
    for (const Shape& shape : {Shape{1024, 64, 576}, {64, 64, 576}}) {
        measure_dot<Uniform<8>, 8>("W8A8", shape, ceilings.wide);
        measure_dot<Uniform<8>, 7>("W8A7", shape, ceilings.single);
        measure_dot<Uniform<6>, 8>("W6A8", shape, ceilings.twofold);
        measure_dot<Uniform<5>, 8>("W5A8", shape, ceilings.steps);
        measure_dot<Uniform<4>, 8>("W4A8", shape, ceilings.steps);
        measure_dot<Uniform<2>, 8>("W2A8", shape, ceilings.steps);
        measure_dot<Uniform<4>, 4>("W4A4", shape, ceilings.steps);
        measure_real(shape, ceilings.real);
    }
    std::printf("one row at a time, weights decoded before\n");
    for (const Shape& shape : {Shape{1, 1024, 1024}, {1, 32, 256}}) {
        measure_dot<Uniform<8>, 8, 1, Decode::before>("W8A8", shape, ceilings.wide);
        measure_dot<Uniform<8>, 7, 1, Decode::before>("W8A7", shape, ceilings.single);
        measure_dot<Uniform<6>, 8, 1, Decode::before>("W6A8", shape, ceilings.twofold);
        measure_dot<Uniform<4>, 8, 1, Decode::before>("W4A8", shape, ceilings.steps);
        measure_dot<Uniform<4>, 4, 1, Decode::before>("W4A4", shape, ceilings.steps);
        measure_real<1>(shape, ceilings.real);
    }
}
