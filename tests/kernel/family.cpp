// SPDX-License-Identifier: BSL-1.0
// The family that carries a product out: what is printed is what runs.
#include <aquatint/kernel/family.hpp>
#include <aquatint/layer/layers.hpp>
#include <aquatint/network/cost.hpp>
#include <aquatint/policy/policies.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace aquatint;

namespace {

template <class Weight, class Activation, class Layer = Conv<5, Kernel<3>>>
struct One : Network<Input<Image<4, 4, 6>>, Quantized<Precision<Weight, Activation>, Layer>> {};
template <class Weight, class Activation, class Layer = Conv<5, Kernel<3>>>
std::string name_of() {
    return cost<One<Weight, Activation, Layer>>.steps[1].family.name().c_str();
}
template <class Weight, class Activation, Size Channels>
struct Wide : Network<Input<Image<4, 4, Channels>>, Quantized<Precision<Weight, Activation>, Conv<16, Kernel<3>>>> {};
template <class Weight, class Activation, Size Channels>
std::string name_of_wide() {
    return cost<Wide<Weight, Activation, Channels>>.steps[1].family.name().c_str();
}
/// The routine that infer instantiates for a product of these policies.
template <class Weight, class Activation>
constexpr unsigned steps_that_run = IntegerProduct<Scalar, Weight, ByteLevels<AsActivation<Activation>>::highest_byte>::steps;
template <class Weight, class Activation>
constexpr Family family = cost<One<Weight, Activation>>.steps[1].family;

static_assert(family<Uniform<8>, Uniform<8>>.steps == steps_that_run<Uniform<8>, Uniform<8>>);
static_assert(family<Uniform<4>, Uniform<8>>.steps == steps_that_run<Uniform<4>, Uniform<8>>);
static_assert(family<Uniform<1>, Uniform<1>>.steps == steps_that_run<Uniform<1>, Uniform<1>>);
static_assert(family<LearnedBasis<3>, Uniform<4>>.steps == steps_that_run<LearnedBasis<3>, Uniform<4>>);
static_assert(family<AdaptiveBinary, Uniform<8>>.steps == steps_that_run<AdaptiveBinary, Uniform<8>>);

}  // namespace

TEST_CASE("policies and shape decide the family of a product") {
    CHECK(name_of<Uniform<8>, Uniform<8>>() == "dot, 16-bit operands");   // 2 * 255 * 128 > 32767
    CHECK(name_of<Uniform<7>, Uniform<8>>() == "dot, 32-bit sums");       // 2 * 255 * 64 is 32640
    CHECK(name_of<Uniform<6>, Uniform<8>>() == "dot, 2 in 16 bits");
    CHECK(name_of<Uniform<4>, Uniform<8>>() == "dot, 8 in 16 bits");
    CHECK(name_of<Binary, Uniform<8>>() == "dot, 64 in 16 bits");
    CHECK(name_of<Ternary, Uniform<2>>() == "dot, 256 in 16 bits");
    CHECK(name_of<LearnedBasis<3, Offset>, Uniform<8>>() == "dot, 16-bit operands");   // digits are joined
    CHECK(name_of<Log2<5>, Uniform<8>>() == "dot, 16-bit operands");
    CHECK(name_of<Log2<6>, Uniform<8>>() == "float");
    CHECK(name_of<AdaptiveBinary, AdaptiveBinary>() == "dot, 256 in 16 bits, offsets");
    CHECK(name_of_wide<AdaptiveBinary, AdaptiveBinary, 16>() == "lookup, offsets");
    CHECK(name_of_wide<Binary, Binary, 16>() == "lookup");
    CHECK(name_of_wide<Binary, Uniform<2>, 16>() == "lookup");
    CHECK(name_of_wide<Uniform<2>, Uniform<2>, 16>() == "lookup");
    CHECK(name_of_wide<Ternary, Uniform<2>, 32>() == "lookup");
    CHECK(name_of_wide<Uniform<2>, Ternary, 16>() == "lookup");
    CHECK(name_of_wide<LearnedBasis<2>, LearnedBasis<2>, 16>() == "lookup");
    CHECK(name_of_wide<LearnedBasis<1>, LearnedBasis<2>, 16>() == "lookup");
    CHECK(name_of_wide<LearnedBasis<1>, LearnedBasis<1>, 16>() == "dot, 16-bit operands");
    CHECK(name_of_wide<Uniform<2, Asymmetric>, Uniform<2>, 16>() == "dot, 256 in 16 bits");   // a zero point is no table's
    CHECK(name_of_wide<LearnedBasis<2, Offset>, LearnedBasis<2>, 16>() == "dot, 16-bit operands");
    CHECK(name_of_wide<LearnedBasis<2>, Uniform<2>, 16>() == "dot, 16-bit operands");
    CHECK(name_of_wide<Uniform<2>, Uniform<3>, 16>() == "dot, 256 in 16 bits");
    CHECK(name_of_wide<Uniform<2>, Binary, 16>() == "dot, 256 in 16 bits");   // bytes 0 and 2, and 1 in the ring
    CHECK(name_of_wide<Binary, Binary, 20>() == "dot, 256 in 16 bits");       // runs that are not whole vectors
    CHECK(name_of<Uniform<4>, Real>() == "float");
    CHECK(name_of<Real, Uniform<8>>() == "float");
    CHECK(name_of<Uniform<8>, Uniform<8>, Depthwise<Kernel<3>>>() == "integer depthwise");
    CHECK(name_of<Real, Real, Depthwise<Kernel<3>>>() == "float depthwise");
    CHECK(name_of<AdaptiveBinary, Uniform<8>, Conv<4, Groups<2>>>() == "float");
}
