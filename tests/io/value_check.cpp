// SPDX-License-Identifier: BSL-1.0
#include <limits>

#include "networks.hpp"

using namespace io;

namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();

/// What load says of a file in which one value is changed and the checksum mended.
template <class Net, class Change>
std::string after(Change change) {
    static Saved<Net> saved;
    alignas(64) Byte before[sizeof saved.file];
    std::memcpy(before, saved.file, sizeof before);
    change(saved.stored());
    saved.fix_checksum();
    const std::string refusal = saved.refusal();
    std::memcpy(saved.file, before, sizeof before);
    return refusal;
}
/// The form that a step reads.
template <class Net, int Step>
auto& input_levels(Parameters<Net>& parameters) {
    return levels_of<Net::graph.steps[Step].input_form>(parameters);
}

}  // namespace

TEST_CASE("the input's normalisation") {
    const auto scale = [](float value) { return after<Digits>([=](auto& p) { step_of<0>(p).scale[3] = value; }); };
    CHECK(scale(1e-10f) == "");
    CHECK(scale(0) ==
          "step 0 input scale[3]: the scale is not a usable number; expected a magnitude from 2^-100 to 2^100, found 0");
    CHECK(scale(-1) == "step 0 input scale[3]: the scale of an activation is not positive, found -1.00000000");
    CHECK(after<Digits>([](auto& p) { step_of<0>(p).zero[4] = infinite; }) ==
          "step 0 input zero[4]: a number is not finite, found infinity");
}

TEST_CASE("levels of weights and of activations") {
    CHECK(after<Digits>([](auto& p) { step_of<1>(p).levels[2].scale = not_a_number; }) ==
          "step 1 dense/1 levels[2]: the scale is not a usable number; expected a magnitude from 2^-100 to 2^100, found not a "
          "number");
    CHECK(after<Digits>([](auto& p) { step_of<1>(p).levels[2].scale *= -1; }) == "");
    CHECK(after<Digits>([](auto& p) {
              input_levels<Digits, 1>(p).scale *= -1;
          }).find("step 0 input output levels[0]: the scale of an activation is not positive") == 0);
    CHECK(after<Digits>([](auto& p) { input_levels<Digits, 1>(p).zero = 16; }) ==
          "step 0 input output levels[0]: the zero point is not one of the codes; expected 0 to 15, found 16");
    CHECK(after<Learned>([](auto& p) { step_of<3>(p).levels[1].scale *= -1; }) ==
          "step 3 dense/1 levels[1]: the levels are not what their policy allows; expected log2-5/1");
    CHECK(after<Wide>([](auto& p) { step_of<2>(p).levels[3].zero = -1; }) ==
          "step 2 depthwise/1 levels[3]: the zero point is not one of the codes; expected 0 to 15, found -1");
    CHECK(after<TwoLevels>([](auto& p) { step_of<2>(p).levels[0].offset = not_a_number; }) ==
          "step 2 conv/1 levels[0]: the levels are not what their policy allows; expected adaptive_binary/1");
}

TEST_CASE("a learned basis and the activations that it meets") {
    CHECK(after<Learned>([](auto& p) { step_of<2>(p).levels[1].basis[3] = 1; }) ==
          "step 2 conv/1 levels[1]: what should be zero is not");
    CHECK(after<Learned>([](auto& p) { input_levels<Learned, 2>(p).basis[0] = -1; })
              .find("step 1 conv/1 output levels[0]: a level of the "
                    "activation is not a byte") == 0);
    // Whole weights have 16 bits.
    const auto offset = [](Int32 value) {
        return after<Learned>([=](auto& p) {
            auto& levels = step_of<2>(p).levels[0];
            levels = {levels.scale, value, {}};
        });
    };
    CHECK(offset(32767) == "");
    CHECK(offset(-32767) == "");
    CHECK(offset(32768) ==
          "step 2 conv/1 levels[0]: the basis makes levels that are too large; expected at most 32767, found 32768");
}

TEST_CASE("a learned basis and all inputs of a sum") {
    // A hundred inputs: what the activation's own levels reach counts, not what a byte can.
    struct Long
        : Network<Input<Vector<100>, Uniform<8>>, Quantized<Precision<LearnedBasis<1, Offset>, LearnedBasis<2>>, Dense<1>>> {};
    const auto reach = [](Int16 highest) {
        return after<Long>([=](auto& p) {
            input_levels<Long, 1>(p).basis[0] = static_cast<Int16>(highest - 1);
            input_levels<Long, 1>(p).basis[1] = 1;
            step_of<1>(p).levels[0] = {1.0f, 32767, {}};
        });
    };
    static_assert(32767 * 100 * 245 < accumulator_limit && 32767 * 100 * 246 > accumulator_limit);
    CHECK(reach(245) == "");
    CHECK(reach(246).find("step 1 dense/1 levels[0]: the sum of the products can leave the accumulator") == 0);
}

TEST_CASE("biases leave room for the sums, real ones are finite") {
    const auto bias = [](Int32 value) { return after<Digits>([=](auto& p) { step_of<1>(p).bias[1] = value; }); };
    CHECK(bias(bias_limit) == "");
    CHECK(bias(-bias_limit) == "");
    CHECK(bias(bias_limit + 1) ==
          "step 1 dense/1 bias[1]: the bias leaves what the accumulator has to spare; expected at most 268435456 in "
          "magnitude, found 268435457");
    CHECK(bias(std::numeric_limits<Int32>::min()).find("found -2147483648") != std::string::npos);
    CHECK(after<Digits>([](auto& p) { step_of<2>(p).bias[0] = -infinite; }) ==
          "step 2 dense/1 bias[0]: a number is not finite, found -infinity");
    CHECK(after<TwoLevels>([](auto& p) {
              step_of<2>(p).bias[2] = not_a_number;
          }).find("step 2 conv/1 bias[2]: a number is not finite") == 0);
}

TEST_CASE("slopes and affine steps are finite") {
    CHECK(after<Wide>([](auto& p) { step_of<1>(p).negative_slopes[2] = infinite; }) ==
          "step 1 conv/1 negative slopes[2]: a number is not finite, found infinity");
    CHECK(after<Learned>([](auto& p) { step_of<2>(p).positive_slopes[1] = infinite; }) ==
          "step 2 conv/1 positive slopes[1]: a number is not finite, found infinity");
    CHECK(after<Wide>([](auto& p) {
              step_of<6>(p).affine_scale[0] = not_a_number;
          }).find("step 6 batch_norm/1 scale[0]: a number is not finite") == 0);
    CHECK(after<Wide>([](auto& p) {
              step_of<6>(p).affine_offset[5] = infinite;
          }).find("step 6 batch_norm/1 offset[5]: a number is not finite") == 0);
}

TEST_CASE("the largest values that are accepted are summed without overflow") {
    constexpr Size inputs = 97;
    struct Edge : Network<Input<Vector<inputs>, Uniform<8>>, Quantized<In<LearnedBasis<1, Offset>>, Dense<2>>> {};
    Saved<Edge> saved;
    for (Byte& input : saved.example.elements) input = 255;
    auto& own = step_of<1>(saved.parameters);
    constexpr Int32 largest = (accumulator_limit - 1) / (inputs * 255);
    static_assert(largest <= largest_joined);
    const Int32 offsets[2] = {largest, -largest + 1};
    for (Size output = 0; output < 2; ++output) {
        own.levels[output] = {1.5f, offsets[output], {static_cast<Int16>(output), 0}};
        own.bias[output] = output == 0 ? bias_limit : -bias_limit;
        CellOrder{1, 2, {1, inputs}}.store(own.weights, output, 0, 0, 0);
    }
    levels_of<Edge::graph.steps[1].input_form>(saved.parameters).scale = 0.25f;
    CHECK(save(saved.parameters, saved.arena, saved.example.elements, saved.file).message() == "");
    const auto outputs = infer(saved.parameters, saved.arena, saved.example.elements);
    Int64 sums[2]{};
    for (Size output = 0; output < 2; ++output)
        for (Size input = 0; input < inputs; ++input) {
            const bool positive = CellOrder{1, 2, {1, inputs}}.load(own.weights, output, 0, input) != 0;
            sums[output] += 255 * (offsets[output] + (positive ? own.levels[output].basis[0] : -own.levels[output].basis[0]));
        }
    CHECK(outputs[0] == static_cast<float>(sums[0] + bias_limit) * 0.375f);
    CHECK(outputs[1] == static_cast<float>(sums[1] - bias_limit) * 0.375f);
}

TEST_CASE("what is accepted runs, whatever it is") {
    // Random bytes over one section after the other; sanitizers watch the inference.
    for_each_network([]<class Net>() {
        static Saved<Net> saved;
        static Parameters<Net> loaded;
        support::Random random{11};
        int accepted = 0;
        for (int trial = 0; trial < 400; ++trial) {
            const Section& section = layout<Net>.sections[random.below(layout<Net>.count)];
            Byte before[sizeof saved.file];
            std::memcpy(before, saved.file, sizeof before);
            for (UInt64 changes = 1 + random.below(3); changes != 0; --changes)
                saved.file[FileFrame::parameters + section.offset + random.below(section.bytes)] =
                    static_cast<Byte>(random.next());
            saved.fix_checksum();
            if (!load(saved.file, loaded)) {
                ++accepted;
                infer(loaded, saved.arena, saved.example.elements);
            }
            std::memcpy(saved.file, before, sizeof before);
        }
        CHECK(accepted > 20);
        CHECK(accepted < 400);
    });
}
