// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/base/fma.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace aquatint;
using support::Random;

namespace {

/// The same bits; any NaN is as good as another.
bool same(float a, float b) { return (a != a && b != b) || std::bit_cast<UInt32>(a) == std::bit_cast<UInt32>(b); }

struct Operands {
    float a, b, c;
};
Size differences(Random& random, Operands (*draw)(Random&)) {
    Size count = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto [a, b, c] = draw(random);
        const float expected = std::fma(a, b, c);
        if (same(exact_fma(a, b, c), expected) && same(fused(a, b, c), expected)) continue;
        if (++count <= 3) MESSAGE(a << " * " << b << " + " << c << " is " << expected << ", found " << exact_fma(a, b, c));
    }
    return count;
}

float any_pattern(Random& random) { return std::bit_cast<float>(random()); }
float near_one(Random& random) { return std::bit_cast<float>(0x3f800000u + (random() & 0x80ffffffu)); }

}  // namespace

TEST_CASE("one rounding: operands of any pattern, infinities, NaN and subnormals among them") {
    Random random;
    CHECK(differences(random, [](Random& r) { return Operands{any_pattern(r), any_pattern(r), any_pattern(r)}; }) == 0);
}

TEST_CASE("one rounding: sums that cancel to the last bits of the product") {
    Random random;
    CHECK(differences(random, [](Random& r) {
              const float a = near_one(r), b = near_one(r);
              const int steps = r.between(-2, 2);
              return Operands{a, b, std::bit_cast<float>(std::bit_cast<UInt32>(-(a * b)) + static_cast<UInt32>(steps))};
          }) == 0);
}

TEST_CASE("one rounding: addends that decide ties of the product, from far below") {
    Random random;
    CHECK(differences(random, [](Random& r) {
              const float a = static_cast<float>(r.between(1, 4095)), b = static_cast<float>(r.between(1, 4095) * 2 + 1);
              return Operands{std::ldexp(a, 13), b, std::ldexp(near_one(r), -r.between(0, 140))};
          }) == 0);
}

TEST_CASE("one rounding: results at the border of the subnormal numbers and of infinity") {
    Random random;
    CHECK(differences(random, [](Random& r) {
              return Operands{std::ldexp(near_one(r), -70), std::ldexp(near_one(r), -r.between(50, 85)),
                              std::ldexp(near_one(r), -r.between(120, 149))};
          }) == 0);
    CHECK(differences(random, [](Random& r) {
              return Operands{std::ldexp(near_one(r), 63), std::ldexp(near_one(r), 64),
                              std::ldexp(near_one(r), r.between(90, 127))};
          }) == 0);
}

TEST_CASE("the constant evaluator gives the same") {
    constexpr float third = 1.0f / 3;
    static_assert(exact_fma(third, 3.0f, -1.0f) != 0.0f);   // not the product rounded first
    static_assert(exact_fma(third, 3.0f, -1.0f) == fused(third, 3.0f, -1.0f));
    constexpr float constant = exact_fma(third, third, 0x1p-30f);
    CHECK(constant == std::fma(third, third, 0x1p-30f));
}
