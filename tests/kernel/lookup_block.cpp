// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace products;

namespace {

struct Matrix {
    Size outputs, inputs, rows;
};
/// Groups, vectors, pieces, panels, tiles and blocks of them, full and not.
constexpr Matrix matrices[] = {{1, 1, 1},      {16, 16, 4},     {17, 3, 5},     {33, 18, 9}, {40, 63, 2},
                               {300, 100, 70}, {20, 1024, 1},   {33, 40000, 1}, {5, 37, 1},  {150, 1025, 6},
                               {7, 3000, 21},  {16, 2048, 300}, {64, 1500, 3}};

/// Levels whose learned numbers are not powers of two: those of inputs are bytes, in either order, or the same.
template <Policy Reader>
typename Reader::Levels learned_levels(Size index) {
    auto levels = some_levels<Reader>(index);
    if constexpr (requires { levels.basis; }) {
        const int one = static_cast<int>(index * 37 % 120), other = static_cast<int>(index * 53 % 130);
        levels.basis[0] = static_cast<Int16>(Terms<Reader>::lowest_digit == 0 || index % 2 == 0 ? one : -one * 3);
        levels.basis[1] = static_cast<Int16>(index % 4 == 3 ? levels.basis[0] : other);
    }
    return levels;
}
template <Policy Reader, class Shape>
Weights<Quantizer<Reader, PerChannel>> drawn_weights(const Shape& shape, Random& random) {
    Weights<Quantizer<Reader, PerChannel>> weights(shape, random);
    for (Size i = 0; i < weights.memory.shape.level_count(); ++i) weights.memory.levels[i] = learned_levels<Reader>(i);
    return weights;
}

template <Policy InputReader, class Packed>
Rows<Int32> plain(const Packed& weights, Rows<Byte>& inputs, const typename InputReader::Levels& levels, Size outputs) {
    Rows<Int32> sums(inputs.rows, outputs);
    for (Size row = 0; row < inputs.rows; ++row)
        for (Size output = 0; output < outputs; ++output)
            for (Size i = 0; i < inputs.columns; ++i)
                sums[row][output] +=
                    static_cast<Int32>(weights.integer(output, i)) * Terms<InputReader>::integer(inputs[row][i], levels);
    return sums;
}

struct Convolution {
    Size height, width, inputs, outputs, kernel_height, kernel_width;
    Sliding sliding;
};
/// Channels that are whole vectors are looked up, borders included; others, and some matrices with padding, are not.
constexpr Convolution convolutions[] = {
    {7, 9, 16, 17, 3, 3, {}},
    {1, 2, 32, 4, 5, 3, {}},
    {8, 8, 48, 16, 3, 3, {.stride = 2}},
    {12, 13, 16, 4, 3, 2, {.dilation = 3, .padding = 4}},
    {6, 7, 400, 33, 3, 3, {.padding = 0}},
    {3, 8, 16, 17, 3, 3, {}},
    {2, 16, 32, 40, 3, 5, {}},
    {5, 6, 20, 3, 3, 3, {}},
    {5, 6, 7, 3, 1, 1, {.stride = 2}},
    {5, 6, 7, 3, 1, 1, {.padding = 1}},
};

template <Policy Weight, Policy InputReader>
void check_matrix(const Matrix& matrix, Size seed) {
    INFO(std::string(Weight::name) << ", " << matrix.outputs << " x " << matrix.inputs << ", rows " << matrix.rows);
    const bool large = matrix.outputs * matrix.inputs > 100000 || matrix.inputs * matrix.rows > 100000;
    if (!codes_are_signs<Weight>() && large) return;   // once is enough; and sums of learned numbers stay in 32 bits
    Random random;
    auto weights = drawn_weights<Weight>(PackedShape<Quantizer<Weight, PerChannel>>{matrix.outputs, matrix.inputs}, random);
    Rows<Byte> inputs = drawn_codes<InputReader>(matrix.rows, matrix.inputs, random);
    const auto levels = learned_levels<InputReader>(seed);
    const Rows<Int32> expected = plain<InputReader>(weights, inputs, levels, matrix.outputs);
    Rows<Int32> sums(matrix.rows, matrix.outputs), reference(matrix.rows, matrix.outputs);
    REQUIRE_FALSE(matmul(weights, coded<InputReader>(inputs.view(), levels), sums.view()));
    REQUIRE_FALSE(matmul<Scalar>(weights, coded<InputReader>(inputs.view(), levels), reference.view()));
    CHECK(sums == expected);
    CHECK(reference == expected);

    if (!codes_are_signs<Weight>()) return;   // others may rest on padding that is zero, in the dot family
    const CellOrder order = weights.memory.shape.order();   // all that no weight owns becomes 1
    std::vector<Byte> owned(order.bytes());
    for (Size output = 0; output < matrix.outputs; ++output)
        for (Size i = 0; i < matrix.inputs; ++i) order.store(owned.data(), output, 0, i, (1u << Weight::bits) - 1);
    for (Size at = 0; at < order.bytes(); ++at)
        weights.memory.codes[at] = static_cast<Byte>(weights.memory.codes[at] | (owned[at] ^ 255));
    Rows<Int32> again(matrix.rows, matrix.outputs);
    REQUIRE_FALSE(matmul(weights, coded<InputReader>(inputs.view(), levels), again.view()));
    CHECK(again == expected);
}
template <Policy Weight, Policy InputReader>
void check_matrices() {
    for (Size i = 0; i < sizeof matrices / sizeof matrices[0]; ++i) check_matrix<Weight, InputReader>(matrices[i], i);
}

template <Policy Weight, Policy InputReader>
void check_convolutions() {
    Size seed = 0;
    for (const Convolution& c : convolutions) {
        INFO(std::string(Weight::name) << ", " << c.height << " x " << c.width << " x " << c.inputs << ", kernel "
                                       << c.kernel_height << " x " << c.kernel_width);
        Random random;
        using Shape = PackedShape<Quantizer<Weight, PerChannel>>;
        const auto weights = drawn_weights<Weight>(Shape{c.outputs, c.inputs, c.kernel_height, c.kernel_width}, random);
        const Geometry g = c.sliding.geometry(weights.memory.shape);
        const aquatint::Shape out = g.output({c.height, c.width, c.inputs}, c.outputs);
        std::vector<Byte> image(c.height * c.width * c.inputs);
        for (Byte& code : image) code = static_cast<Byte>(random.between(0, static_cast<int>(InputReader::codes) - 1));
        std::vector<Int32> sums(out.pixels() * out.channels), reference(sums.size());
        const auto levels = learned_levels<InputReader>(seed++);
        const auto coded_image = coded<InputReader>(ImageView<Byte>(image.data(), c.height, c.width, c.inputs), levels);
        const auto view = [&](std::vector<Int32>& to) {
            return ImageView<Int32>(to.data(), out.height, out.width, out.channels);
        };
        REQUIRE_FALSE(conv2d(weights, coded_image, view(sums), c.sliding));
        REQUIRE_FALSE(conv2d<Scalar>(weights, coded_image, view(reference), c.sliding));
        CHECK(sums == reference);
        Size wrong = 0;
        for (Size at = 0; at < sums.size(); ++at) {
            const Size output = at % out.channels, column = at / out.channels % out.width, row = at / out.channels / out.width;
            Int64 sum = 0;
            for (Size ky = 0; ky < c.kernel_height; ++ky)
                for (Size kx = 0; kx < c.kernel_width; ++kx) {
                    const Size y = row * g.stride + ky * g.dilation - g.padding_height;
                    const Size x = column * g.stride + kx * g.dilation - g.padding_width;
                    if (y >= c.height || x >= c.width) continue;
                    for (Size i = 0; i < c.inputs; ++i)
                        sum += Terms<InputReader>::integer(image[(y * c.width + x) * c.inputs + i], levels) *
                               weights.integer(output, i, ky, kx);
                }
            wrong += sums[at] != sum;
        }
        CHECK(wrong == 0);
    }
}

}  // namespace

TEST_CASE("which policies are looked up") {
    static_assert(block_form<Quantizer<Binary, PerChannel>, Binary>().inputs == LookupForm::Inputs::signs);
    static_assert(block_form<Quantizer<Ternary, PerChannel>, Uniform<2, Asymmetric>>().inputs == LookupForm::Inputs::few);
    static_assert(block_form<Quantizer<LearnedBasis<2>>, LearnedBasis<2, Unipolar>>().inputs == LookupForm::Inputs::learned);
    static_assert(!block_form<Quantizer<Binary, PerGroup<32>>, Binary>().exists());
    static_assert(!block_form<Quantizer<Ternary>, Binary>().exists());
    static_assert(!block_form<Quantizer<Uniform<2>>, Ternary>().exists());   // its codes are not its bytes
}

TEST_CASE("matrices are exact, whatever lies in the padding of the weights and behind the inputs") {
    check_matrices<Binary, Binary>();
    check_matrices<Uniform<2>, Uniform<2, Asymmetric>>();
    check_matrices<Ternary, Uniform<2, Asymmetric>>();
    check_matrices<Binary, Uniform<2, Asymmetric>>();
    check_matrices<Uniform<1>, Uniform<1, Asymmetric>>();
    check_matrices<LearnedBasis<2>, LearnedBasis<2, Unipolar>>();
    check_matrices<LearnedBasis<1>, LearnedBasis<2, Unipolar>>();
}

TEST_CASE("numbers and codes of signs, levels by channel") {
    constexpr Size outputs = 37, inputs = 70, rows = 5;
    Random random;
    const Weights<Quantizer<Binary, PerChannel>> weights({outputs, inputs}, random);
    Rows<Byte> codes = drawn_codes<Binary>(rows, inputs, random), written(rows, outputs);
    const auto levels = some_levels<Binary>(1);
    std::vector<float> bias(outputs);
    for (float& number : bias) number = random.number();
    const Uniform<8>::Levels to{0.25f};
    Rows<float> numbers(rows, outputs);
    REQUIRE_FALSE(matmul(weights, coded<Binary>(codes.view(), levels), numbers.view(), {.bias = bias}));
    REQUIRE_FALSE(matmul(weights, coded<Binary>(codes.view(), levels), coded<Uniform<8>>(written.view(), to), {.bias = bias}));
    for (Size row = 0; row < rows; ++row)
        for (Size output = 0; output < outputs; ++output) {
            Int64 sum = 0;
            for (Size i = 0; i < inputs; ++i) sum += Terms<Binary>::integer(codes[row][i], levels) * weights.integer(output, i);
            const float unit = weights.view().levels_at(output, 0).scale * levels.scale;
            const float expected = std::fma(static_cast<float>(sum), unit, bias[output]);
            CHECK(numbers[row][output] == expected);
            CHECK(written[row][output] == Uniform<8>::encode(expected, to));
        }
}

TEST_CASE("convolutions are exact: what lies outside of the image is zero, not a sign and not the lowest level") {
    check_convolutions<Binary, Binary>();
    check_convolutions<Uniform<2>, Uniform<2, Asymmetric>>();
    check_convolutions<Binary, Uniform<2, Asymmetric>>();
    check_convolutions<LearnedBasis<2>, LearnedBasis<2, Unipolar>>();
    check_convolutions<LearnedBasis<1>, LearnedBasis<2, Unipolar>>();
}

TEST_CASE("products of signs are constant expressions") {
    static constexpr auto packed = [] {
        Packed<Quantizer<Binary>, 2, 3> p{};
        store_codes(p, [](Size output, Size input) { return output == 0 || input == 1 ? 1u : 0u; });
        p.levels[0].scale = 1;
        return p;
    }();
    static constexpr Byte inputs[] = {1, 1, 0};
    struct Results {
        Int32 sums[2];
    };
    constexpr Results results = [] {
        Results r{};
        return matvec(packed, coded<Binary>(inputs, {1}), r.sums) ? Results{} : r;
    }();
    static_assert(results.sums[0] == 1 && results.sums[1] == 1);
}
