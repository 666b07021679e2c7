// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <algorithm>
#include <aquatint/policy/learned_basis.hpp>
#include <aquatint/policy/precision.hpp>
#include <aquatint/policy/uniform.hpp>
#include <cstring>
#include <doctest/doctest.h>
#include <type_traits>

using namespace aquatint;
using samples::Samples;

namespace {

template <class Reader>
double fitted(const Samples& all) {
    return mean_square_error<Reader>(all, Reader::fit(all));
}

}  // namespace

TEST_CASE("planes, options and names") {
    static_assert(PlaneReading<LearnedBasis<3>> && !IntegerReading<LearnedBasis<3>>);
    static_assert(LearnedBasis<3>::plane(5, 0) == 1 && LearnedBasis<3>::plane(5, 1) == -1);
    static_assert(LearnedBasis<3, Unipolar>::plane(5, 0) == 1 && LearnedBasis<3, Unipolar>::plane(5, 1) == 0);
    static_assert(std::is_same_v<AsActivation<LearnedBasis<2>>, LearnedBasis<2, Unipolar>>);
    static_assert(std::is_same_v<AsActivation<LearnedBasis<2, Unipolar>>, LearnedBasis<2, Unipolar>>);
    static_assert(LearnedBasis<2, Offset, Unipolar>::unipolar && LearnedBasis<2, Unipolar, Offset>::has_offset);
    CHECK(std::strcmp(LearnedBasis<3>::name, "learned_basis3/1") == 0);
    CHECK(std::strcmp(LearnedBasis<3, Offset, Unipolar>::name, LearnedBasis<3, Unipolar, Offset>::name) == 0);
    static_assert(sizeof(LearnedBasis<1>::Levels) == 8 && sizeof(LearnedBasis<3>::Levels) == 12 &&
                  sizeof(LearnedBasis<4, Offset>::Levels) == 16);
}

TEST_CASE("levels that reorder are found, and a tie takes the lower one") {
    using Reader = LearnedBasis<3>;
    const Reader::Levels levels{0.5f, {3, 2, 4}};   // -4.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 4.5
    static_assert(Reader::decode(0b011, {0.5f, {3, 2, 4}}) == 0.5f && Reader::decode(0b100, {0.5f, {3, 2, 4}}) == -0.5f);
    CHECK(Reader::decode(Reader::encode(0, levels), levels) == -0.5f);
    CHECK(Reader::decode(Reader::encode(1e-30f, levels), levels) == 0.5f);
    CHECK(Reader::decode(Reader::encode(3.5f, levels), levels) == 2.5f);
    CHECK(Reader::decode(Reader::encode(std::nextafter(3.5f, 4.0f), levels), levels) == 4.5f);
    CHECK(Reader::encode(1, {1, {1, 1, 1}}) == 0b011);   // of the three codes of that level the lowest
}

TEST_CASE("levels that a float cannot hold are not valid") {
    CHECK(LearnedBasis<2, Offset>::valid({1, 5, {1, 2}}));
    CHECK_FALSE(LearnedBasis<2, Offset>::valid({1, 1 << 24, {1, 2}}));
    CHECK_FALSE(LearnedBasis<2, Offset>::valid({1, -2147483647 - 1, {1, 2}}));
    CHECK_FALSE(LearnedBasis<2>::valid({0, {1, 2}}));
}

TEST_CASE_TEMPLATE("bounds of the integers", Reader, LearnedBasis<1>, LearnedBasis<3>, LearnedBasis<4>, LearnedBasis<3, Offset>,
                   LearnedBasis<2, Unipolar>, LearnedBasis<4, Unipolar>, LearnedBasis<4, Unipolar, Offset>) {
    for (const Samples& all : samples::various(400)) {
        for (const unsigned basis_bits : {4u, 8u, 12u, 15u}) {
            const auto levels = Reader::fit(all, basis_bits);
            REQUIRE(Reader::valid(levels));
            for (unsigned code = 0; code < Reader::codes; ++code) {
                int planes = 0;
                for (unsigned k = 0; k < Reader::planes; ++k) planes += levels.basis[k] * Reader::plane(code, k);
                if (Reader::unipolar) {
                    CHECK(planes >= 0);
                    CHECK(planes < 1 << basis_bits);
                } else {
                    CHECK(magnitude(Terms<Reader>::integer(code, levels)) < 1 << basis_bits);
                }
            }
        }
        const auto more = Reader::fit(all, 99), most_bits = Reader::fit(all, 15);
        CHECK(more.scale == most_bits.scale);
    }
}

TEST_CASE("more freedom is never worse") {
    for (const Size count : {Size(120), Size(600)}) {
        for (const Samples& all : samples::various(count)) {
            CHECK(fitted<LearnedBasis<3, Offset>>(all) <= 1.01 * fitted<LearnedBasis<3>>(all));
            CHECK(fitted<LearnedBasis<4, Offset>>(all) <= 1.05 * fitted<LearnedBasis<4>>(all));
            CHECK(fitted<LearnedBasis<4>>(all) < fitted<LearnedBasis<3>>(all));
            CHECK(fitted<LearnedBasis<2, Offset>>(all) <= 1.01 * fitted<Uniform<2, Asymmetric>>(all));
            CHECK(fitted<LearnedBasis<3, Offset>>(all) <= 1.01 * fitted<Uniform<3, Asymmetric>>(all));
            CHECK(fitted<LearnedBasis<3, Offset>>(all) <= 1.01 * fitted<Uniform<3>>(all));
            CHECK(fitted<LearnedBasis<2, Unipolar, Offset>>(all) <= 1.02 * fitted<LearnedBasis<2, Offset>>(all));
        }
    }
}

TEST_CASE("on activations it beats the uniform quantizer, in bytes too") {
    const Samples all = samples::after_relu(1500);
    CHECK(fitted<LearnedBasis<2, Unipolar>>(all) <= 1.001 * fitted<Uniform<2, Asymmetric>>(all));
    CHECK(fitted<LearnedBasis<3, Unipolar>>(all) <= 1.001 * fitted<Uniform<3, Asymmetric>>(all));
}
