// SPDX-License-Identifier: BSL-1.0
#include <aquatint/pack/packed_shape.hpp>
#include <aquatint/policy/policies.hpp>
#include <aquatint/policy/quantizer.hpp>
#include <doctest/doctest.h>

#include <vector>

using namespace aquatint;

namespace {

template <unsigned Bits>
using Weights = Quantizer<Uniform<Bits>, PerChannel>;

template <unsigned Bits>
void payload_is_bits_and_levels() {
    constexpr PackedShape<Weights<Bits>> shape{37, 53};
    static_assert(shape.payload_bits() == 37 * 53 * Bits + 37 * 32);
    static_assert(shape.level_count() == 37);
    static_assert(shape.bytes() % 64 == 0 && shape.bytes() * 8 >= shape.payload_bits());
}

}  // namespace

TEST_CASE("payload is exactly the bits of the codes and the levels, for every width") {
    payload_is_bits_and_levels<1>();
    payload_is_bits_and_levels<2>();
    payload_is_bits_and_levels<3>();
    payload_is_bits_and_levels<4>();
    payload_is_bits_and_levels<5>();
    payload_is_bits_and_levels<6>();
    payload_is_bits_and_levels<7>();
    payload_is_bits_and_levels<8>();

    static_assert(PackedShape<Quantizer<Real>>{10, 20}.payload_bits() == 10 * 20 * 32);
    static_assert(PackedShape<Quantizer<Binary, PerTensor>>{10, 20, 3, 3}.payload_bits() == 10 * 20 * 9 + 32);
    static_assert(PackedShape<Quantizer<Uniform<4>, PerGroup<8>>>{10, 20}.payload_bits() == 10 * 20 * 4 + 10 * 3 * 32);
    static_assert(PackedShape<Quantizer<Uniform<4, Asymmetric>>>{1, 1}.payload_bits() == 4 + 64);
}

TEST_CASE("bytes follow the documented formula") {
    // one row of 9 inputs in 3 cells, 6 byte vectors; 3 bits are a plane of 2 and one of 1: 2
    // + 1 vectors; 37 outputs are 3 panels
    static_assert(PackedShape<Weights<3>>{37, 9}.code_bytes() == round_up(3 * (2 + 1) * 32, 64));
    static_assert(PackedShape<Weights<3>>{37, 9}.bytes() == round_up(320 + 37 * 4, 64));
    // kernel rows begin a new cell: 3 * ceil(15 / 4) cells
    static_assert(PackedShape<Weights<8>>{16, 5, 3, 3}.code_bytes() == 3 * 4 * 2 * 32);
    static_assert(PackedShape<Quantizer<Real>>{17, 5}.bytes() == 2 * 16 * 5 * 4);
    static_assert(PackedShape<Weights<4>>{4096, 4096}.bytes() == 4096 * 4096 / 2 + 4096 * 4);
}

TEST_CASE("weights [input][ky][kx] lie by kernel row, then column, then input") {
    constexpr PackedShape<Weights<4>> shape{2, 5, 3, 2};
    std::vector<bool> taken(shape.columns());
    for (Size input = 0; input < 5; ++input)
        for (Size ky = 0; ky < 3; ++ky)
            for (Size kx = 0; kx < 2; ++kx) {
                const auto place = shape.place(shape.column(input, ky, kx));
                CHECK(place.segment == ky);
                CHECK(place.input == kx * 5 + input);
                CHECK_FALSE(taken[place.segment * 10 + place.input]);
                taken[place.segment * 10 + place.input] = true;
            }
}

TEST_CASE("shapes that cannot be") {
    CHECK_FALSE(PackedShape<Weights<4>>{1, 1}.refusal());
    CHECK(PackedShape<Weights<4>>{0, 5}.refusal());
    CHECK(PackedShape<Weights<4>>{5, 5, 3, 0}.refusal());
    CHECK(PackedShape<Weights<4>>{Size(1) << 25, 5}.refusal().message() ==
          "weights: packed weights have 1 to 2^24 outputs and inputs, and a kernel of 1 to 64, found 33554432");
    CHECK(PackedShape<Weights<8>>{1 << 20, 1 << 12}.refusal().message() ==
          (sizeof(Size) == 4 ? "weights: packed weights take less than half of all addresses" : ""));
    CHECK(PackedShape<Quantizer<Uniform<4>, PerGroup<8>>>{5, 5, 3, 3}.refusal().message() ==
          "weights: levels by group are for matrices, not for kernels; expected 1, found 9");
}
