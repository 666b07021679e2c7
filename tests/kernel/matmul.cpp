// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

#include <doctest/doctest.h>
#include <xsimd/xsimd.hpp>

#include <initializer_list>

using namespace products;

namespace {

struct Problem {
    Size outputs, inputs, rows;
};
/// Fewer and more than a tile, a panel, a piece, a block of pixels; whole cells and not.
constexpr Problem problems[] = {{1, 1, 1}, {17, 31, 5}, {16, 256, 4}, {5, 700, 3}, {33, 40, 70}, {20, 1500, 67}};

/// Integer sums, numbers and codes against plain loops, on the processor at hand and on the reference.
template <class Quantizer, class InputReader>
void compare_integers(const Problem& problem) {
    static_assert(sums_are_integers<Quantizer, InputReader>());
    using Reader = typename Quantizer::Reader;
    using OutputReader = Uniform<6, Asymmetric>;
    constexpr Size group = PackedShape<Quantizer>::group;
    INFO(Reader::name << " by " << InputReader::name << ": " << problem.outputs << " x " << problem.inputs << ", rows "
                      << problem.rows);
    Random random;
    const Weights<Quantizer> weights({problem.outputs, problem.inputs}, random);
    Rows<Byte> inputs = drawn_codes<InputReader>(problem.rows, problem.inputs, random);
    const auto levels = some_levels<InputReader>(3);
    const OutputReader::Levels output_levels{0.5f, 11};
    const auto coded_inputs = coded<InputReader>(inputs.view(), levels);
    std::vector<float> bias(problem.outputs);
    for (float& number : bias) number = random.number();
    const Epilogue epilogue{.bias = bias};

    Rows<float> numbers(problem.rows, problem.outputs), reference(problem.rows, problem.outputs);
    Rows<Byte> codes(problem.rows, problem.outputs);
    REQUIRE_FALSE(matmul(weights, coded_inputs, numbers.view(), epilogue));
    REQUIRE_FALSE(matmul<Scalar>(weights, coded_inputs, reference.view(), epilogue));
    REQUIRE_FALSE(matmul(weights, coded_inputs, coded<OutputReader>(codes.view(), output_levels), epilogue));
    CHECK(numbers == reference);

    Size wrong_numbers = 0, wrong_codes = 0;
    Rows<Int64> sums(problem.rows, problem.outputs);
    for (Size row = 0; row < problem.rows; ++row)
        for (Size output = 0; output < problem.outputs; ++output) {
            float total = 0;
            for (Size input = 0; input < problem.inputs; ++input) {
                Int64& sum = sums[row][output];
                sum += Terms<InputReader>::integer(inputs[row][input], levels) * weights.integer(output, input);
                if (input + 1 != problem.inputs && (group == 0 || (input + 1) % group != 0)) continue;
                const float unit = weights.view().levels_at(output, input).scale * levels.scale;
                const bool last = group == 0;
                total = std::fma(static_cast<float>(sum), unit, last ? bias[output] : total);
                sum = group == 0 ? sum : 0;
            }
            const float expected = group == 0 ? total : std::fma(total, 1.0f, bias[output]);
            wrong_numbers += numbers[row][output] != expected;
            wrong_codes += codes[row][output] != OutputReader::encode(expected, output_levels);
        }
    CHECK(wrong_numbers == 0);
    CHECK(wrong_codes == 0);

    if constexpr (group == 0) {
        Rows<Int32> found(problem.rows, problem.outputs);
        REQUIRE_FALSE(matmul(weights, coded_inputs, found.view()));
        Size wrong = 0;
        for (Size row = 0; row < problem.rows; ++row)
            for (Size output = 0; output < problem.outputs; ++output) wrong += found[row][output] != sums[row][output];
        CHECK(wrong == 0);
    }
}
template <class Quantizer, class InputReader>
void compare_integers() {
    for (const Problem& problem : problems) compare_integers<Quantizer, InputReader>(problem);
}

}  // namespace

TEST_CASE("codes times packed codes are exact: 8 bits at full range, zero points on either side, levels as they come") {
    compare_integers<Quantizer<Uniform<8>, PerChannel>, Uniform<8, Asymmetric>>();
    compare_integers<Quantizer<Uniform<4>, PerTensor>, Uniform<4, Asymmetric>>();
    compare_integers<Quantizer<Uniform<3, Asymmetric>, PerChannel>, Uniform<8>>();
    compare_integers<Quantizer<Log2<5>, PerChannel>, Ternary>();
    compare_integers<Quantizer<LearnedBasis<3, Offset>, PerChannel>, LearnedBasis<2, Unipolar>>();
}

TEST_CASE("levels by group: exact sums of groups, added as real numbers in ascending order") {
    compare_integers<Quantizer<Uniform<5>, PerGroup<8>>, Uniform<8, Asymmetric>>();
    compare_integers<Quantizer<Binary, PerGroup<300>>, Uniform<8, Asymmetric>>();
}

TEST_CASE("the largest products of the widest codes, and nothing saturates") {
    static Packed<Quantizer<Uniform<8>>, 16, 4096> packed;
    store_codes(packed, [](Size output, Size) { return output % 2 == 0 ? 128u : 127u; });
    packed.levels[0].scale = 1;
    std::vector<Byte> inputs(4096, 255);
    Int32 sums[16];
    REQUIRE_FALSE(matvec(packed, coded<Uniform<8, Asymmetric>>(inputs, {1, 0}), sums));
    for (Size output = 0; output < 16; ++output) CHECK(sums[output] == (output % 2 == 0 ? -128 : 127) * 255 * 4096);
    REQUIRE_FALSE(matvec(packed, coded<Uniform<8, Asymmetric>>(inputs, {1, 255}), sums));
    for (const Int32 sum : sums) CHECK(sum == 0);
}

TEST_CASE("floats are one chain of fused multiply-adds over the inputs in ascending order") {
    constexpr Size outputs = 32, inputs = 333, rows = 6;
    Random random;
    const Weights<Quantizer<Uniform<4>, PerGroup<7>>> weights({outputs, inputs}, random);
    Rows<float> x = drawn_numbers(rows, inputs, random), found(rows, outputs);
    REQUIRE_FALSE(matmul(weights, x.view(), found.view()));
    Size wrong = 0;
    for (Size row = 0; row < rows; ++row)
        for (Size output = 0; output < outputs; ++output) {
            float sum = 0;
            for (Size input = 0; input < inputs; ++input) sum = std::fma(x[row][input], weights.view().value(output, input), sum);
            wrong += found[row][output] != sum;
        }
    CHECK(wrong == 0);
}

TEST_CASE("a second opinion on integer sums: xsimd, side by side") {
    using Batch = xsimd::batch<Int32>;
    constexpr Size outputs = 32, inputs = 500;
    Random random;
    const Weights<Quantizer<Uniform<7>>> weights({outputs, inputs}, random);
    Rows<Byte> x = drawn_codes<Uniform<8, Asymmetric>>(1, inputs, random);
    Int32 found[outputs];
    REQUIRE_FALSE(matvec(weights, coded<Uniform<8, Asymmetric>>(x.view()[0], {1, 100}), found));
    for (Size first = 0; first < outputs; first += Batch::size) {
        Batch sum(0);
        for (Size input = 0; input < inputs; ++input) {
            Int32 lanes[Batch::size];
            for (Size lane = 0; lane < Batch::size; ++lane)
                lanes[lane] = static_cast<Int32>(weights.integer(first + lane, input));
            sum += Batch(Int32{x[0][input]} - 100) * Batch::load_unaligned(lanes);
        }
        for (Size lane = 0; lane < Batch::size; ++lane) CHECK(found[first + lane] == sum.get(lane));
    }
}

TEST_CASE("floats stay within the bound of their rounding errors") {
    constexpr Size outputs = 20, inputs = 1000, rows = 3;
    Random random;
    const Weights<Quantizer<Real>> weights({outputs, inputs}, random);
    Rows<float> x = drawn_numbers(rows, inputs, random), found(rows, outputs);
    REQUIRE_FALSE(matmul(weights, x.view(), found.view()));
    for (Size row = 0; row < rows; ++row)
        for (Size output = 0; output < outputs; ++output) {
            double sum = 0, bound = 0;
            for (Size input = 0; input < inputs; ++input) {
                const double product =
                    static_cast<double>(x[row][input]) * static_cast<double>(weights.view().value(output, input));
                sum += product;
                bound += std::fabs(product);
            }
            CHECK(std::fabs(static_cast<double>(found[row][output]) - sum) <= bound * inputs * 0x1p-24);
        }
}

TEST_CASE("matvec and dot give the rows and the elements of matmul") {
    constexpr Size outputs = 37, inputs = 50, rows = 5;
    Random random;
    const Weights<Quantizer<LearnedBasis<2>, PerChannel>> weights({outputs, inputs}, random);
    Rows<float> x = drawn_numbers(rows, inputs, random), y(rows, outputs);
    std::vector<float> bias(outputs), slopes(outputs);
    for (float& number : bias) number = random.number();
    for (float& slope : slopes) slope = random.number();
    const Epilogue epilogue{.bias = bias, .activation = Pointwise{.negative_slope = true}, .negative_slope = slopes};
    REQUIRE_FALSE(matmul(weights, x.view(), y.view(), epilogue));
    for (Size row = 0; row < rows; ++row) {
        float one[outputs];
        const VectorView<const float> input(x[row], inputs);
        REQUIRE_FALSE(matvec(weights, input, one, epilogue));
        CHECK(std::memcmp(one, y[row], sizeof one) == 0);
        for (const Size output : {Size(0), Size(16), Size(23), Size(36)})
            CHECK(*dot(weights, output, input, epilogue) == y[row][output]);
    }
    CHECK(dot(weights, 37, VectorView<const float>(x[0], inputs)).problem.message() ==
          "output: the weights have this output; expected 36, found 37");
}

TEST_CASE("products are constant expressions") {
    static constexpr auto packed = [] {
        Packed<Quantizer<Uniform<4>, PerChannel>, 2, 3> p{};
        store_codes(p, [](Size output, Size input) { return static_cast<unsigned>(output * 3 + input); });
        p.levels[0].scale = 0.5f;
        p.levels[1].scale = 2;
        return p;
    }();
    static constexpr Byte inputs[] = {10, 20, 30};
    struct Results {
        Int32 sums[2];
        float numbers[2];
        Byte codes[2];
    };
    constexpr Results results = [] {
        Results r{};
        const auto x = coded<Uniform<8, Asymmetric>>(inputs, {0.25f, 10});
        const bool failed = matvec(packed, x, r.sums) || matvec(packed, x, r.numbers, {.activation = Pointwise{.high = 100}}) ||
                            matvec(packed, x, coded<Uniform<8>>(r.codes, {0.5f}));
        return failed ? Results{} : r;
    }();
    static_assert(results.sums[0] == 10 * 1 + 20 * 2 && results.sums[1] == 10 * 4 + 20 * 5);
    static_assert(results.numbers[0] == 50 * 0.125f && results.numbers[1] == 140 * 0.5f);
    static_assert(results.codes[0] == 12 && results.codes[1] == 127);
}

TEST_CASE("refused, with particulars, and nothing is written") {
    static Packed<Quantizer<Uniform<4>, PerChannel>, 3, 4> packed;
    for (auto& levels : packed.levels) levels = {};
    float x[2][4]{}, y[2][3] = {{7, 7, 7}, {7, 7, 7}}, wide[2][5]{}, tall[3][3]{};
    Byte codes[2][4] = {{0, 1, 2, 3}, {4, 5, 16, 7}};
    CHECK(matmul(packed, wide, y).message() == "inputs: inputs are as long as weights; expected 4, found 5");
    CHECK(matmul(packed, x, wide).message() == "outputs: weights have a row for each output; expected 3, found 5");
    CHECK(matmul(packed, x, tall).message() == "outputs: inputs have as many rows as outputs; expected 2, found 3");
    CHECK(matmul(packed, coded<Uniform<4, Asymmetric>>(codes, {1, 0}), y).message() ==
          "inputs: a code has no level; expected 15, found 16");
    CHECK(matmul(packed, coded<Uniform<8, Asymmetric>>(codes, {0, 0}), y).message() ==
          "inputs: levels keep what their policy promises; expected uniform8a/1, found others");
    CHECK(matmul(packed, x, coded<Uniform<8, Asymmetric>>(MatrixView<Byte>(&codes[0][0], 2, 3), {1, 256})).message() ==
          "outputs: levels keep what their policy promises; expected uniform8a/1, found others");
    CHECK(matmul(packed, MatrixView<float>(nullptr, 2, 4), y).message() == "inputs: a view has memory");
    CHECK(matmul(packed, x, MatrixView<float>(&y[0][0], 2, 3, 2)).message() ==
          "outputs: rows of outputs do not overlap; expected 3, found 2");
    const float two[] = {1, 2};
    CHECK(matmul(packed, x, y, {.scale = two}).message() ==
          "scale: an epilogue has one number for each output; expected 3, found 2");
    CHECK(matmul(packed, x, y, {.activation = Pointwise{.negative_slope = true}}).message() ==
          "negative_slope: an epilogue has one number for each output; expected 3, found 0");
    static Packed<Quantizer<Uniform<4>>, 3, 4, 3> kernel;
    CHECK(matmul(kernel, x, y).message() == "weights: a kernel slides over an image: conv2d takes it; expected 1, found 9");
    for (const auto& row : y)
        for (const float number : row) CHECK(number == 7);

    static Packed<Quantizer<LearnedBasis<2>>, 1, 600> basis;
    basis.levels[0] = {1, {16000, 100}};
    Byte inputs[600]{};
    float output[1];
    CHECK(matvec(basis, coded<Uniform<8, Asymmetric>>(inputs, {1, 0}), output).message() ==
          "weights: sums of integer products stay below 2^31: take fewer bits or inputs; expected 2147483647, found 2463300000");
    const auto two_bits = [&](Int16 small, Int16 large) {
        return coded<LearnedBasis<2, Unipolar>>(MatrixView<Byte>(inputs, 2, 4), {0.01f, {small, large}});
    };
    CHECK(matmul(packed, two_bits(3, 252), y).message() == "");
    CHECK(matmul(packed, two_bits(300, 500), y).message() ==
          "inputs: levels of inputs lie 0 to 255 steps above the lowest one; expected 255, found 300");
    CHECK(matmul(packed, two_bits(-1, 5), y).message() ==
          "inputs: levels of inputs lie 0 to 255 steps above the lowest one; expected 255, found -1");
    CHECK_FALSE(matmul(packed, MatrixView<float>(nullptr, 0, 4), MatrixView<float>(nullptr, 0, 3)));   // nothing to do

    const PackedView<Quantizer<Uniform<4>, PerChannel>> nowhere, without_memory{nullptr, nullptr, {3, 4}};
    CHECK(matmul(without_memory, x, y).message() == "weights: a view has memory");
    CHECK(matmul(nowhere, MatrixView<float>(&x[0][0], 2, 0), MatrixView<float>(&y[0][0], 2, 0)).message() ==
          "weights: packed weights have 1 to 2^24 outputs and inputs, and a kernel of 1 to 64, found 0");
    CHECK(dot(nowhere, 100, MatrixView<float>(x)[0]).problem);
}
