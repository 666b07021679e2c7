// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

#include <doctest/doctest.h>

using namespace products;

namespace {

struct Matrix {
    Size outputs, inputs, rows;
};
/// Groups, vectors, pieces, panels, tiles and blocks of them, full and not.
constexpr Matrix matrices[] = {{1, 1, 1},      {16, 16, 4},   {17, 3, 5},     {33, 18, 9},   {40, 63, 2},
                               {300, 100, 70}, {20, 1024, 1}, {33, 40000, 1}, {5, 37, 1}, {150, 1025, 6}, {7, 3000, 21}, {16, 2048, 300}};

Rows<Int32> plain(const Weights<Quantizer<Binary>>& weights, Rows<Byte>& inputs, Size outputs) {
    Rows<Int32> sums(inputs.rows, outputs);
    for (Size row = 0; row < inputs.rows; ++row)
        for (Size output = 0; output < outputs; ++output)
            for (Size i = 0; i < inputs.columns; ++i) {
                const bool equal = weights.view().code(output, i) == inputs[row][i];
                sums[row][output] += equal ? 1 : -1;
            }
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
    {5, 6, 20, 3, 3, 3, {}},
    {5, 6, 7, 3, 1, 1, {.stride = 2}},
    {5, 6, 7, 3, 1, 1, {.padding = 1}},
};

}  // namespace

TEST_CASE("which policies are signs") {
    static_assert(multiplies_signs<Quantizer<Binary, PerChannel>, Binary>());
    static_assert(!multiplies_signs<Quantizer<Binary, PerGroup<32>>, Binary>());
    static_assert(!multiplies_signs<Quantizer<Binary>, Uniform<1, Asymmetric>>());
    static_assert(!multiplies_signs<Quantizer<Ternary>, Binary>());
}

TEST_CASE("matrices of signs are exact, whatever lies in the padding of the weights and behind the inputs") {
    for (const Matrix& matrix : matrices) {
        INFO(matrix.outputs << " x " << matrix.inputs << ", rows " << matrix.rows);
        Random random;
        Weights<Quantizer<Binary>> weights({matrix.outputs, matrix.inputs}, random);
        Rows<Byte> inputs = drawn_codes<Binary>(matrix.rows, matrix.inputs, random);
        const Rows<Int32> expected = plain(weights, inputs, matrix.outputs);
        const auto levels = some_levels<Binary>(3);
        Rows<Int32> sums(matrix.rows, matrix.outputs), reference(matrix.rows, matrix.outputs);
        REQUIRE_FALSE(matmul(weights, coded<Binary>(inputs.view(), levels), sums.view()));
        REQUIRE_FALSE(matmul<Scalar>(weights, coded<Binary>(inputs.view(), levels), reference.view()));
        CHECK(sums == expected);
        CHECK(reference == expected);

        const CellOrder order = weights.memory.shape.order();   // all that no weight owns becomes 1
        std::vector<Byte> owned(order.bytes());
        for (Size output = 0; output < matrix.outputs; ++output)
            for (Size i = 0; i < matrix.inputs; ++i) order.store(owned.data(), output, 0, i, 1);
        for (Size at = 0; at < order.bytes(); ++at) weights.memory.codes[at] = static_cast<Byte>(weights.memory.codes[at] | (owned[at] ^ 255));
        Rows<Int32> again(matrix.rows, matrix.outputs);
        REQUIRE_FALSE(matmul(weights, coded<Binary>(inputs.view(), levels), again.view()));
        CHECK(again == expected);
    }
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

TEST_CASE("convolutions of signs: what lies outside of the image is zero, not a sign") {
    for (const Convolution& c : convolutions) {
        INFO(c.height << " x " << c.width << " x " << c.inputs << ", kernel " << c.kernel_height << " x " << c.kernel_width);
        Random random;
        const Weights<Quantizer<Binary>> weights({c.outputs, c.inputs, c.kernel_height, c.kernel_width}, random);
        const Geometry g = c.sliding.geometry(weights.memory.shape);
        const Shape out = g.output({c.height, c.width, c.inputs}, c.outputs);
        std::vector<Byte> image(c.height * c.width * c.inputs);
        for (Byte& code : image) code = static_cast<Byte>(random.between(0, 1));
        std::vector<Int32> sums(out.pixels() * out.channels), reference(sums.size());
        const auto coded_image = coded<Binary>(ImageView<Byte>(image.data(), c.height, c.width, c.inputs), some_levels<Binary>(2));
        const auto view = [&](std::vector<Int32>& to) { return ImageView<Int32>(to.data(), out.height, out.width, out.channels); };
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
                        sum += (2 * image[(y * c.width + x) * c.inputs + i] - 1) * weights.integer(output, i, ky, kx);
                }
            wrong += sums[at] != sum;
        }
        CHECK(wrong == 0);
    }
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
