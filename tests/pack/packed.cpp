// SPDX-License-Identifier: BSL-1.0
#include <aquatint/pack/pack.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

#include <cstring>

using namespace aquatint;

namespace {

template <class Weights>
constexpr bool as_large_as_its_shape_says = sizeof(Weights) == Weights::shape.bytes() && alignof(Weights) == 64 &&
                                            std::is_trivially_copyable_v<Weights> && std::is_aggregate_v<Weights>;

static_assert(as_large_as_its_shape_says<Packed<Quantizer<Uniform<4>, PerChannel>, 100, 130>>);
static_assert(as_large_as_its_shape_says<Packed<Quantizer<Uniform<3>, PerGroup<7>>, 5, 33>>);
static_assert(as_large_as_its_shape_says<Packed<Quantizer<LearnedBasis<3, Offset>, PerChannel>, 17, 3, 3>>);
static_assert(as_large_as_its_shape_says<Packed<Quantizer<Uniform<8>, PerChannel>, 16, 16>>);   // no padding at the end
static_assert(as_large_as_its_shape_says<Packed<Quantizer<Real>, 16, 7, 3, 1>>);                // no levels
static_assert(as_large_as_its_shape_says<Packed<Quantizer<Binary>, 1, 1>>);
static_assert(sizeof(Packed<Quantizer<Uniform<4>, PerChannel>, 4096, 4096>) == (8 << 20) + 4096 * 4);

constexpr float numbers[] = {1, -1, 0.5f, 0, 0.25f, 2, -2, 1, 0, -0.5f, 0, 0, 0, 0, 7};
constexpr MatrixView<const float> weights(numbers, 3, 5);

}  // namespace

TEST_CASE("packing is a constant expression, and codes and numbers can be looked at") {
    using Weights = Packed<Quantizer<Uniform<4>, PerChannel>, 3, 5>;
    static constexpr Weights packed = [] {
        Weights p{};
        const Uniform<4>::Levels levels[] = {{0.25f}, {0.5f}, {1}};
        return pack(weights, levels, p) ? Weights{} : p;
    }();
    static_assert(packed.code(0, 0) == 4 && packed.code(0, 1) == 12);
    static_assert(packed.value(0, 2) == 0.5f && packed.value(1, 4) == -0.5f && packed.value(2, 4) == 7);
    static_assert(Weights::payload_bits == 3 * 5 * 4 + 3 * 32);
    CHECK_FALSE(inspect(packed));
}

TEST_CASE("a kernel is looked at by input, row and column") {
    using Weights = Packed<Quantizer<Real>, 2, 3, 2, 4>;
    static Weights packed;
    float kernel[2][3 * 2 * 4];
    for (int output = 0; output < 2; ++output)
        for (int i = 0; i < 24; ++i) kernel[output][i] = static_cast<float>(100 * output + i);
    REQUIRE_FALSE(pack(kernel, packed));
    CHECK(packed.value(0, 0, 0, 3) == 3);
    CHECK(packed.value(0, 0, 1, 0) == 4);
    CHECK(packed.value(1, 2, 1, 3) == 123);
    CHECK(packed.code(1, 2, 1, 3) == std::bit_cast<unsigned>(123.0f));
}

TEST_CASE("equal weights are equal bytes, whatever the memory held before") {
    using Weights = Packed<Quantizer<Uniform<3>, PerChannel>, 3, 5>;
    static Weights one, other;
    std::memset(static_cast<void*>(&one), 0x00, sizeof one);
    std::memset(static_cast<void*>(&other), 0xff, sizeof other);
    REQUIRE_FALSE(pack(weights, one));
    REQUIRE_FALSE(pack(weights, other));
    CHECK(std::memcmp(&one, &other, sizeof one) == 0);
    CHECK_FALSE(inspect(other));
}
