// SPDX-License-Identifier: BSL-1.0
// Law 3 for products: whatever the pair of policies, every processor gives the bits of the reference, and those are the chain of
// fused multiply-adds over the numbers that the codes mean, or the integer sum.
#include "../laws/all_policies.hpp"
#include "products.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace products;

namespace {

/// Numbers times packed codes of any policy.
template <class Reader>
Size wrong_chains() {
    constexpr Size outputs = 18, inputs = 150, rows = 2;
    Random random;
    const Weights<Quantizer<Reader, PerChannel>> weights({outputs, inputs}, random);
    Rows<float> x = drawn_numbers(rows, inputs, random), found(rows, outputs), reference(rows, outputs);
    if (matmul(weights, x.view(), found.view()) || matmul<Scalar>(weights, x.view(), reference.view())) return ~Size(0);
    Size wrong = found == reference ? 0 : 1;
    for (Size row = 0; row < rows; ++row)
        for (Size output = 0; output < outputs; ++output) {
            float sum = 0;
            for (Size input = 0; input < inputs; ++input) sum = std::fma(x[row][input], weights.view().value(output, input), sum);
            wrong += found[row][output] != sum;
        }
    return wrong;
}

}  // namespace

TEST_CASE("numbers times codes, over all policies") {
    laws::for_each_policy([]<class Reader>() {
        INFO(Reader::name);
        const Size wrong = wrong_chains<Reader>();
        CHECK(wrong == 0);
    });
}

TEST_CASE("pairs without integer sums are read as numbers on both sides") {
    constexpr Size outputs = 18, inputs = 150, rows = 5;
    using Reader = LearnedBasis<2>;
    Random random;
    const Weights<Quantizer<AdaptiveBinary, PerChannel>> weights({outputs, inputs}, random);
    Rows<Byte> codes = drawn_codes<Reader>(rows, inputs, random);
    const auto levels = some_levels<Reader>(3);
    Rows<float> found(rows, outputs), numbers(rows, inputs), expected(rows, outputs);
    for (Size row = 0; row < rows; ++row)
        for (Size input = 0; input < inputs; ++input) numbers[row][input] = Reader::decode(codes[row][input], levels);
    REQUIRE_FALSE(matmul(weights, coded<Reader>(codes.view(), levels), found.view()));
    REQUIRE_FALSE(matmul(weights, numbers.view(), expected.view()));
    CHECK(found == expected);
}

TEST_CASE("sums of packed weights fit 32 bits, proven from the type") {
    using W8 = Quantizer<Uniform<8>>;
    static_assert(sums_fit<W8, Uniform<8, Asymmetric>>(PackedShape<W8>{1, 65'793}));
    static_assert(!sums_fit<W8, Uniform<8, Asymmetric>>(PackedShape<W8>{1, 65'794}));
    static_assert(sums_fit<Quantizer<Uniform<8>, PerGroup<64>>, Uniform<8, Asymmetric>>({1, 1 << 20}));
    static_assert(sums_fit<W8, Real>(PackedShape<W8>{1, 1 << 20}));
}

TEST_CASE("strips are the same tiles, as many of a row as an epilogue takes") {
    for (const Size width : {Size(1), Size(9), Size(32), Size(71)}) {
        const Size across = ceil_div(width, tile_pixels), all = 3 * across;
        for (const Size at_once : {Size(2), all})
            for (Size from = 0; from < all; from += at_once) {
                Size next = 0, wrong = 0;
                const Size to = least(from + at_once, all);
                for_each_strip<tile_pixels>(width, from, to, [&](Size tile, Size row, Size column, Size count) {
                    const Size own = from + tile, end = column + count;
                    wrong += tile != next || row != own / across || column != own % across * tile_pixels;
                    wrong += count > strip_pixels || end > width || (end < width && count % tile_pixels != 0);
                    next += ceil_div(count, tile_pixels);
                });
                CHECK(wrong == 0);
                CHECK(next == least(at_once, all - from));
            }
    }
}

TEST_CASE("tiles cover rows of any width") {
    for (const Size width : {Size(1), Size(3), Size(4), Size(9)}) {
        Size expected_row = 0, expected_column = 0, wrong = 0;
        const Size across = ceil_div(width, tile_pixels);
        for (Size from = 0; from < 5 * across; from += 2)
            for_each_tile<tile_pixels>(width, from, least(from + 2, 5 * across), [&](Size tile, Size row, Size column,
                                                                                     Size count) {
                wrong +=
                    tile > 1 || row != expected_row || column != expected_column || count != least(tile_pixels, width - column);
                expected_column += count;
                if (expected_column == width) expected_column = 0, ++expected_row;
            });
        CHECK(wrong == 0);
        CHECK(expected_row == 5);
    }
}
