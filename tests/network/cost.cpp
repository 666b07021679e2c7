// SPDX-License-Identifier: BSL-1.0
// cost<Net> against counts made by hand and against the documented sizes of everything that parameters consist of.
#include "../support/plain_evaluation.hpp"
#include "networks.hpp"

#include <aquatint/network/cost.hpp>

#include <doctest/doctest.h>

using namespace aquatint;
using namespace networks;

namespace {

/// 784 x 128 + 128 x 64 weights of 4 bits, 64 x 10 of 32.
struct Digits
    : Network<Input<Image<28, 28>, Uniform<8>>, Flatten, Quantized<W4A8, Dense<128>, Relu, Dense<64>, Relu>, Dense<10>> {};

constexpr Size weights_4 = 784 * 128 + 128 * 64, weights_32 = 64 * 10;
constexpr Size others = 4 * (1 + 1)              // scale and zero of the one input channel
                        + 2 * 8                  // scale and zero point of the inputs of both quantized layers
                        + (128 + 64) * (4 + 4)   // scale and bias of each of their outputs
                        + 10 * 4;                // bias of the last layer
static_assert(cost<Digits>.parameter_bytes < 62'000);
static_assert(cost<Digits>.payload_bits == 4 * weights_4 + 32 * weights_32 + 8 * others);
static_assert(cost<Digits>.payload_bytes == weights_4 / 2 + 4 * weights_32 + others);
static_assert(cost<Digits>.multiply_accumulates == weights_4 + weights_32);
static_assert(cost<Digits>.bit_operations == 4 * 8 * weights_4 + 32 * 32 * weights_32);
static_assert(cost<Digits>.precision_count == 2);
static_assert(cost<Digits>.precisions[0].weights == weights_4 && cost<Digits>.precisions[1].weights == weights_32);

/// 3 x 5 x 7 weights of each width: no width divides their number of bits by eight, but the last.
template <unsigned Bits>
struct Width : Network<Input<Vector<15>, Uniform<8>>, Quantized<P<Uniform<Bits>, Uniform<8>>, Dense<7>>> {};
template <unsigned Bits>
constexpr bool width_is_exact = cost<Width<Bits>>.payload_bytes == (105 * Bits + 7) / 8 + 15 * 8 + 8 + 7 * 8;
static_assert(width_is_exact<1> && width_is_exact<2> && width_is_exact<3> && width_is_exact<4> && width_is_exact<5> &&
              width_is_exact<6> && width_is_exact<7> && width_is_exact<8>);

/// Multiply-accumulates of a strided, grouped convolution and of a depthwise one, by hand.
struct Windowed : Network<Input<Image<7, 6, 4>>, Conv<6, Kernel<3>, Stride<2>, Groups<2>>, Depthwise<Kernel<3>, Padding<0>>> {};
static_assert(cost<Windowed>.steps[1].multiply_accumulates == 4 * 3 * 6 * 9 * 2);
static_assert(cost<Windowed>.steps[2].multiply_accumulates == 2 * 1 * 6 * 9);
static_assert(cost<Windowed>.steps[1].weights == 6 * 9 * 2 && cost<Windowed>.steps[2].weights == 6 * 9);

/// The documented size of a product's parameters: cells of four inputs, panels of sixteen outputs, planes of fields.
template <class Net, int Index>
Size documented_product(Size levels) {
    constexpr Step step = Net::graph.steps[Index];
    const unsigned bits = cost<Net>.steps[Index].weight_bits;
    const Size outputs = step.product.outputs;
    const plain::WeightOrder order{step.product.geometry, Net::graph.values[step.input()].shape.channels, outputs};
    const Segments segments = order.segments();
    const Size panels = (outputs / order.parts() + 15) / 16;
    Size panel = 0;
    if (bits == 32) panel = 16 * 4 * segments.segments * segments.run;
    else
        for (const unsigned width : {1u, 2u, 4u, 8u})
            if ((bits & width) != 0) panel += 32 * ((2 * segments.segments * ((segments.run + 3) / 4) * width + 7) / 8);
    const Size codes = (order.parts() * panels * panel + 63) / 64 * 64;
    const Size slopes = step.pointwise.positive_slope + step.pointwise.negative_slope;
    return (codes + outputs * (levels + 4 + 4 * slopes) + 63) / 64 * 64;
}
template <class Net>
Size documented_bytes() {
    Size bytes = 0, unit = 4;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        constexpr int index = static_cast<int>(Index);
        constexpr Step step = Net::graph.steps[index];
        const Size channels = Net::graph.values[step.output].shape.channels;
        if constexpr (step.work == Work::product) {
            using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
            unit = 64;
            bytes = (bytes + 63) / 64 * 64 +
                    documented_product<Net, index>(std::is_same_v<Weight, Real> ? 0 : sizeof(typename Weight::Levels));
        } else if constexpr (step.work == Work::pointwise) {
            const Pointwise& own = step.pointwise;
            bytes += channels * 4 * static_cast<Size>(2 * own.affine + own.positive_slope + own.negative_slope);
        } else if constexpr (step.work == Work::entry && !std::is_same_v<typename Net::InputNumbers, Real>) {
            bytes += channels * 8;
        }
    });
    for_each_index(FormIndices<Net>{}, [&]<Size Form>() {
        if constexpr (owns_levels<Net, static_cast<int>(Form)>)
            bytes += sizeof(typename FormPolicy<Net, static_cast<int>(Form)>::Levels);
    });
    return bytes == 0 ? 1 : (bytes + unit - 1) / unit * unit;
}

template <class Net>
void adds_up(const char* name) {
    CAPTURE(doctest::String(name));
    constexpr auto& whole = cost<Net>;
    CHECK(whole.parameter_bytes == sizeof(Parameters<Net>));
    CHECK(whole.parameter_bytes == documented_bytes<Net>());
    CHECK(whole.parameter_bytes == whole.payload_bytes + whole.cell_padding + whole.alignment);
    CHECK(whole.arena_bytes == sizeof(Arena<Net>));
    PartCost steps, precisions;
    for (const PartCost& step : whole.steps) {
        steps.add(step);
        CHECK(step.parameter_bytes == step.payload_bytes + step.cell_padding + step.alignment);
        CHECK(8 * step.payload_bytes >= step.payload_bits);
        CHECK(8 * step.payload_bytes < step.payload_bits + 8);
    }
    for (Size i = 0; i < whole.precision_count; ++i) precisions.add(whole.precisions[i]);
    CHECK(steps.payload_bits == whole.payload_bits);
    CHECK(steps.weights == whole.weights);
    CHECK(precisions.weights == whole.weights);
    CHECK(precisions.multiply_accumulates == whole.multiply_accumulates);
    CHECK(precisions.bit_operations == whole.bit_operations);
}

}  // namespace

#define ADDS_UP(...) adds_up<__VA_ARGS__>(#__VA_ARGS__)

TEST_CASE("cost: sizes are the documented ones, and the whole is the sum of its parts") {
    ADDS_UP(Digits);
    ADDS_UP(Width<3>);
    ADDS_UP(UniformWeights);
    ADDS_UP(OffsetBases);
    ADDS_UP(FewLevels);
    ADDS_UP(RealOffsets);
    ADDS_UP(Windows<P<Uniform<5>, Uniform<8>>>);
    ADDS_UP(Windows<Float, Floats>);
    ADDS_UP(Sums<W8A8C8>);
    ADDS_UP(Branches<W8A8, W3A4C8>);
    ADDS_UP(Activations<W8A8C8>);
    ADDS_UP(PreActivation<W8A8C8>);
    ADDS_UP(RawInput);
    ADDS_UP(ManyReadings);
    ADDS_UP(OnlyShapes);
    ADDS_UP(OnlySoftmax);
}
