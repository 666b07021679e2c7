// SPDX-License-Identifier: BSL-1.0
#include <aquatint/kernel/sums.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

namespace {

using Activations = Uniform<8, Asymmetric>;

// Which arithmetic a pair of policies gets follows from the two alone.
static_assert(sums_are_integers<Quantizer<Uniform<8>>, Activations>());
static_assert(sums_are_integers<Quantizer<LearnedBasis<3, Offset>, PerChannel>, LearnedBasis<2, Unipolar>>());
static_assert(sums_are_integers<Quantizer<Log2<5>, PerGroup<32>>, Uniform<8>>());
static_assert(!sums_are_integers<Quantizer<Uniform<8>, PerGroup<6>>, Activations>());     // a group ends inside a cell
static_assert(!sums_are_integers<Quantizer<Uniform<8, Asymmetric>>, Activations>());      // code - zero point does not fit a byte
static_assert(!sums_are_integers<Quantizer<Log2<6>>, Activations>());                     // no integers
static_assert(!sums_are_integers<Quantizer<AdaptiveBinary>, Activations>());              // offsets are real
static_assert(!sums_are_integers<Quantizer<Uniform<8>>, Real>());
static_assert(!sums_are_integers<Quantizer<Real>, Activations>());
static_assert(!sums_are_integers<Quantizer<Uniform<8>>, LearnedBasis<2>>());              // no bytes

// Every sum is below this bound, and reaches it.
static_assert(largest_sum<Uniform<8>, Activations>(10, {}) == 10 * 255 * 128);
static_assert(largest_sum<Uniform<3, Asymmetric>, Uniform<4, Asymmetric>>(10, {}) == 10 * 15 * 7);
static_assert(largest_sum<Log2<5>, Activations>(1, {}) == 255 * 128);
static_assert(largest_sum<LearnedBasis<3, Offset>, Activations>(2, {1, -5, {1, -2, 4}}) == 2 * 255 * (7 + 5));

}  // namespace

TEST_CASE("the working memory of a product is bounded") {
    CHECK(sizeof(IntegerBlock<Native, Quantizer<Uniform<8>>, Activations>) < 48 * 1024);
    CHECK(sizeof(IntegerBlock<Native, Quantizer<LearnedBasis<4>>, Activations>) < 48 * 1024);
    CHECK(sizeof(IntegerBlock<Native, Quantizer<Uniform<7>, PerGroup<32>>, Activations>) < 48 * 1024);
    CHECK(sizeof(RealBlock<Native, Quantizer<Uniform<5>>>) < 48 * 1024);
    CHECK(sizeof(RealBlock<Native, Quantizer<Real>>) < 7 * 1024);
}
