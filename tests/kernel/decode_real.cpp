// SPDX-License-Identifier: BSL-1.0
#include "../laws/all_policies.hpp"
#include "../support/random.hpp"

#include <aquatint/kernel/decode_real.hpp>
#include <aquatint/pack/pack.hpp>
#include <doctest/doctest.h>

#include <initializer_list>

using namespace aquatint;

namespace {

constexpr Size outputs = 19, inputs = 37, most_cells = 32;

template <class Arch, class Quantizer>
Size wrong_in_piece(const PackedView<Quantizer>& weights, const Piece& piece) {
    Size wrong = 0;
    RealDecoder<Arch, Quantizer, most_cells> decoder;
    for (Size first = 0; first < weights.shape.outputs; first += panel_outputs) {
        const Size count = least(panel_outputs, weights.shape.outputs - first);
        const float* numbers = decoder.decode(weights, first, count, piece);
        for (Size row = 0; row < piece.rows; ++row)
            for (Size input = 0; input < piece.run; ++input)
                for (Size output = 0; output < count; ++output)
                    wrong += numbers[(row * piece.run + input) * panel_outputs + output] !=
                             weights.value(first + output, piece.first + input, piece.row + row);
    }
    return wrong;
}

template <class Reader, class Granularity, Size Rows>
Size wrong_numbers(std::initializer_list<Piece> pieces) {
    static Packed<Quantizer<Reader, Granularity>, outputs, inputs, Rows, 1> packed;
    support::Random random;
    store_codes(packed, [&](Size, Size) { return random() % static_cast<unsigned>(Reader::codes); });
    Size index = 0;
    for (auto& levels : packed.levels) {
        if constexpr (requires { levels.scale; }) levels.scale = std::bit_cast<float>(static_cast<UInt32>(100 + index % 9) << 23);
        if constexpr (requires { levels.zero; }) levels.zero = static_cast<Int32>(index % Reader::codes);
        ++index;
    }
    Size wrong = 0;
    for (const Piece& piece : pieces)
        wrong += wrong_in_piece<Scalar>(packed.view(), piece) + wrong_in_piece<Native>(packed.view(), piece);
    return wrong;
}

}  // namespace

TEST_CASE("pieces of packed weights are the numbers that their codes mean, whatever the policy") {
    laws::for_each_policy([]<class Reader>() {
        INFO(Reader::name);
        const Size wrong = wrong_numbers<Reader, PerChannel, 2>({{0, 2, 0, inputs}, {1, 1, 0, inputs}, {1, 1, 4, 30}});
        CHECK(wrong == 0);
    });
}

TEST_CASE("levels by group, also where a group ends inside a cell, and one level for all") {
    CHECK(wrong_numbers<Uniform<4>, PerGroup<8>, 1>({{0, 1, 0, inputs}, {0, 1, 16, 13}}) == 0);
    CHECK(wrong_numbers<Uniform<4>, PerGroup<3>, 1>({{0, 1, 0, inputs}, {0, 1, 16, 13}}) == 0);
    CHECK(wrong_numbers<LearnedBasis<2>, PerGroup<5>, 1>({{0, 1, 0, inputs}}) == 0);
    CHECK(wrong_numbers<Uniform<3>, PerTensor, 1>({{0, 1, 0, inputs}}) == 0);
}

TEST_CASE("a code that the policy does not have is zero, in memory from elsewhere") {
    static Packed<Quantizer<laws::Lopsided, PerChannel>, 16, 4> packed;
    for (auto& levels : packed.levels) levels = {};
    store_codes(packed, [](Size, Size) { return 3u; });
    RealDecoder<Native, Quantizer<laws::Lopsided, PerChannel>, 1> decoder;
    const float* numbers = decoder.decode(packed.view(), 0, 16, {0, 1, 0, 4});
    for (Size i = 0; i < 64; ++i) CHECK(numbers[i] == 0);
}

TEST_CASE("full precision is read where it lies") {
    static Packed<Quantizer<Real>, 20, 3> packed;
    float weights[20][3];
    for (int i = 0; i < 60; ++i) weights[i / 3][i % 3] = static_cast<float>(i);
    REQUIRE_FALSE(pack(weights, packed));
    RealDecoder<Native, Quantizer<Real>, most_cells> decoder;
    const float* numbers = decoder.decode(packed.view(), 16, 4, {0, 1, 1, 2});
    CHECK(numbers == packed.codes + 16 * 3 + 16);
    CHECK(numbers[16 + 3] == weights[19][2]);
}
