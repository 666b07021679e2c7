// SPDX-License-Identifier: BSL-1.0
#include "products.hpp"

#include <doctest/doctest.h>

using namespace products;

namespace {

/// An image at an odd address, with gaps between its rows and nothing after the last.
template <class Element>
struct Image {
    Size height, width, channels, pitch;
    std::vector<Element> memory;

    Image(Size rows, Size columns, Size depth)
        : height(rows), width(columns), channels(depth), pitch(columns * depth + 5),
          memory(1 + (rows - 1) * pitch + columns * depth) {}
    ImageView<Element> view() { return {memory.data() + 1, height, width, channels, pitch}; }
    Element at(Size row, Size column, Size channel) const { return memory[1 + row * pitch + column * channels + channel]; }
    bool operator==(const Image& other) const {
        return std::memcmp(memory.data(), other.memory.data(), memory.size() * sizeof(Element)) == 0;
    }
};

struct Problem {
    Size height, width, inputs, outputs, kernel_height, kernel_width;
    Sliding sliding;

    Geometry geometry() const {
        return {kernel_height, kernel_width, sliding.stride, sliding.dilation, 1, padding(kernel_height), padding(kernel_width)};
    }
    Shape out() const { return geometry().output({height, width, inputs}, outputs); }

private:
    Size padding(Size kernel) const {
        return sliding.padding == Sliding::same ? sliding.dilation * (kernel - 1) / 2 : sliding.padding;
    }
};
/// Images smaller than a tile and than the kernel, kernels in one piece and in many, parts of
/// rows, many blocks, all words of sliding; then rows that are whole tiles of pixels, of whole cells.
constexpr Problem problems[] = {
    {1, 1, 1, 1, 1, 1, {}},
    {7, 9, 3, 17, 3, 3, {}},
    {2, 2, 5, 4, 5, 3, {}},
    {8, 8, 16, 16, 3, 3, {.stride = 2}},
    {9, 7, 8, 5, 3, 3, {.padding = 0}},
    {6, 11, 130, 3, 3, 3, {}},
    {4, 9, 400, 3, 2, 3, {}},
    {13, 12, 33, 20, 3, 3, {}},
    {5, 6, 400, 3, 1, 1, {.stride = 3}},
    {12, 13, 6, 4, 3, 2, {.dilation = 3, .padding = 4}},
    {20, 3, 7, 33, 7, 1, {.dilation = 2}},
    {37, 41, 4, 5, 3, 3, {}},
    {25, 9, 60, 2, 5, 3, {.stride = 2, .padding = 3}},
    {3, 8, 4, 17, 3, 3, {}},
    {5, 16, 12, 3, 5, 5, {}},
    {4, 32, 8, 3, 3, 3, {.stride = 2}},
    {2, 8, 4, 3, 1, 9, {}},
    {6, 4, 8, 3, 3, 4, {.padding = 2}},
};

/// Calls action(row, column, ky, kx, y, x) for every tap that lies inside the image.
template <class Action>
void for_each_tap(const Problem& problem, Size row, Size column, Action action) {
    const Geometry g = problem.geometry();
    for (Size ky = 0; ky < g.kernel_height; ++ky)
        for (Size kx = 0; kx < g.kernel_width; ++kx) {
            const Size y = row * g.stride + ky * g.dilation, x = column * g.stride + kx * g.dilation;
            if (y < g.padding_height || y >= g.padding_height + problem.height) continue;
            if (x < g.padding_width || x >= g.padding_width + problem.width) continue;
            action(ky, kx, y - g.padding_height, x - g.padding_width);
        }
}

/// How many outputs are not what `expected(row, column, output)` says.
template <class Number, class Expected>
Size count_wrong(const Image<Number>& found, const Shape& out, Expected expected) {
    Size wrong = 0;
    for (Size row = 0; row < out.height; ++row)
        for (Size column = 0; column < out.width; ++column)
            for (Size output = 0; output < out.channels; ++output)
                wrong += found.at(row, column, output) != expected(row, column, output);
    return wrong;
}

template <class Quantizer, class InputReader>
void compare_integers(const Problem& problem) {
    using Reader = typename Quantizer::Reader;
    INFO(Reader::name << ": " << problem.height << " x " << problem.width << " x " << problem.inputs << ", kernel "
                      << problem.kernel_height);
    Random random;
    const Weights<Quantizer> weights({problem.outputs, problem.inputs, problem.kernel_height, problem.kernel_width}, random);
    Image<Byte> image(problem.height, problem.width, problem.inputs);
    for (Byte& code : image.memory) code = static_cast<Byte>(random.extreme(0, static_cast<int>(InputReader::codes) - 1));
    const Shape out = problem.out();
    for (const auto& levels : {some_levels<InputReader>(2), typename InputReader::Levels{}}) {   // the second: zero is code 0
        Image<Int32> sums(out.height, out.width, out.channels), reference(out.height, out.width, out.channels);
        const auto coded_image = coded<InputReader>(image.view(), levels);
        REQUIRE_FALSE(conv2d(weights, coded_image, sums.view(), problem.sliding));
        REQUIRE_FALSE(conv2d<Scalar>(weights, coded_image, reference.view(), problem.sliding));
        CHECK(sums == reference);
        CHECK(count_wrong(sums, out, [&](Size row, Size column, Size output) {
                  Int64 sum = 0;
                  for_each_tap(problem, row, column, [&](Size ky, Size kx, Size y, Size x) {
                      for (Size input = 0; input < problem.inputs; ++input)
                          sum += Terms<InputReader>::integer(image.at(y, x, input), levels) *
                                 weights.integer(output, input, ky, kx);
                  });
                  return sum;
              }) == 0);
    }
}

template <class Quantizer>
void compare_floats(const Problem& problem) {
    Random random;
    const Weights<Quantizer> weights({problem.outputs, problem.inputs, problem.kernel_height, problem.kernel_width}, random);
    Image<float> image(problem.height, problem.width, problem.inputs);
    for (float& number : image.memory) number = random.number();
    const Shape out = problem.out();
    Image<float> numbers(out.height, out.width, out.channels), reference(out.height, out.width, out.channels);
    REQUIRE_FALSE(conv2d(weights, image.view(), numbers.view(), problem.sliding, {.activation = Pointwise{.low = 0}}));
    REQUIRE_FALSE(conv2d<Scalar>(weights, image.view(), reference.view(), problem.sliding, {.activation = Pointwise{.low = 0}}));
    CHECK(numbers == reference);
    INFO(problem.height << " x " << problem.width << " x " << problem.inputs << ", kernel " << problem.kernel_height);
    CHECK(count_wrong(numbers, out, [&](Size row, Size column, Size output) {
              float sum = 0;
              for_each_tap(problem, row, column, [&](Size ky, Size kx, Size y, Size x) {
                  for (Size input = 0; input < problem.inputs; ++input)
                      sum = std::fma(image.at(y, x, input), weights.view().value(output, input, ky, kx), sum);
              });
              return std::fmax(sum, 0.0f);
          }) == 0);
}

}  // namespace

TEST_CASE("integer convolutions are exact, borders and zero points included, and read nothing past the image") {
    for (const Problem& problem : problems) {
        compare_integers<Quantizer<Uniform<8>, PerChannel>, Uniform<8, Asymmetric>>(problem);
        compare_integers<Quantizer<Uniform<3>, PerChannel>, Uniform<8>>(problem);
        compare_integers<Quantizer<Uniform<1>, PerTensor>, Uniform<4, Asymmetric>>(problem);
    }
}

TEST_CASE("float convolutions are one chain over kernel row, kernel column, channel") {
    for (const Problem& problem : problems) {
        compare_floats<Quantizer<Real>>(problem);
        compare_floats<Quantizer<Log2<6>, PerChannel>>(problem);
    }
}

TEST_CASE("a view of part of a larger image") {
    static Packed<Quantizer<Uniform<4>>, 1, 2, 3> packed;
    packed.levels[0].scale = 1;
    store_codes(packed, [](Size, Size) { return 1u; });
    float memory[6 * 8 * 2];
    for (int i = 0; i < 96; ++i) memory[i] = static_cast<float>(i);
    float sums[4 * 4];
    REQUIRE_FALSE(conv2d(packed, ImageView<float>(memory + (1 * 8 + 2) * 2, 4, 4, 2, 16), ImageView<float>(sums, 4, 4, 1)));
    const auto pixel = [&](Size row, Size column) { return memory[(row * 8 + column) * 2] + memory[(row * 8 + column) * 2 + 1]; };
    CHECK(sums[0] == pixel(1, 2) + pixel(1, 3) + pixel(2, 2) + pixel(2, 3));   // zero outside of the view, not what lies there
    CHECK(sums[5] == 9 * pixel(2, 3));
}

TEST_CASE("refused, with particulars") {
    static Packed<Quantizer<Uniform<4>>, 4, 3, 3> packed;
    packed.levels[0].scale = 1;
    float memory[300]{};
    const auto image = [&](Size height, Size width, Size channels) { return ImageView<float>(memory, height, width, channels); };
    CHECK(conv2d(packed, image(5, 5, 4), image(5, 5, 4)).message() ==
          "inputs: images have a channel for each input and output of the weights; expected 3, found 4");
    CHECK(conv2d(packed, image(5, 5, 3), image(5, 5, 3)).message() ==
          "outputs: images have a channel for each input and output of the weights; expected 4, found 3");
    CHECK(conv2d(packed, image(5, 6, 3), image(5, 5, 4)).message() ==
          "outputs: kernel, stride and padding give the size of the outputs; expected 5 x 6, found 5 x 5");
    CHECK(conv2d(packed, image(5, 2, 3), image(5, 5, 4), {.padding = 0}).message() ==
          "inputs: the padded image is as large as the kernel's reach; expected 3 x 3, found 5 x 2");
    CHECK(conv2d(packed, image(5, 5, 3), image(5, 5, 4), {.stride = 0}).message() ==
          "kernel: stride and dilation are at least one; expected 1, found 0");
    CHECK(conv2d(packed, image(5, 5, 3), image(3, 3, 4), {.stride = 2}).message() == "");
    for (const Sliding& far : {Sliding{.stride = (1 << 24) + 1}, {.dilation = (1 << 24) + 1}, {.padding = (1 << 24) + 1}})
        CHECK(conv2d(packed, image(5, 5, 3), image(5, 5, 4), far).message() ==
              "kernel: stride, dilation and padding are at most 2^24; expected 16777216, found 16777217");
    CHECK(conv2d(packed, image(5, 5, 3), image(5, 5, 4), {.dilation = 1 << 24}).message() == "");   // all but the middle lies outside
}
