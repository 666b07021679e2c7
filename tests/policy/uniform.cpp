// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/uniform.hpp>
#include <doctest/doctest.h>

using namespace aquatint;
using samples::Samples;

TEST_CASE("symmetric codes are two's complement") {
    static_assert(Uniform<4>::integer(0) == 0 && Uniform<4>::integer(7) == 7 && Uniform<4>::integer(8) == -8 &&
                  Uniform<4>::integer(15) == -1);
    static_assert(Uniform<1>::integer(0) == 0 && Uniform<1>::integer(1) == -1);
    static_assert(Uniform<8>::encode(-200, {1}) == 0x80 && Uniform<8>::encode(200, {1}) == 0x7f);
    static_assert(Uniform<8>::encode(2.5f, {1}) == 2 && Uniform<8>::encode(3.5f, {1}) == 4);   // ties to even
    static_assert(Uniform<3>::encode(8, {-2}) == 4 && Uniform<3>::decode(4, {-2}) == 8);
}

TEST_CASE("a range is covered as TensorFlow Lite and ONNX do it") {
    CHECK(Uniform<8>::fit_range(-1, 2).scale == 2.0f / 127);
    CHECK(Uniform<1>::fit_range(-1, 2).scale == -2);
    CHECK(Uniform<1>::fit_range(-3, 2).scale == 3);
    const auto levels = Uniform<8, Asymmetric>::fit_range(-1, 3);
    CHECK(levels.scale == 4.0f / 255);
    CHECK(levels.zero == 64);   // 63.75
    CHECK(Uniform<4, Asymmetric>::fit_range(1, 3).zero == 0);      // zero is always a level
    CHECK(Uniform<4, Asymmetric>::fit_range(-3, -1).zero == 15);
    CHECK(Uniform<4, Asymmetric>::fit_range(0, 0).scale == 1);
}

namespace {

/// The least error over a dense grid of scales and over all zero points, by encode and decode alone.
template <class Reader>
double exhaustive(const Samples& all) {
    const float largest = static_cast<float>(Distribution{VectorView<const float>(all)}.largest());
    double best = 1e300;
    for (float scale = 2.2f * largest / static_cast<float>(Reader::codes); scale > 0.02f * largest; scale *= 0.99f) {
        typename Reader::Levels levels{scale};
        if constexpr (requires { levels.zero; }) {
            for (levels.zero = 0; levels.zero < static_cast<Int32>(Reader::codes); ++levels.zero)
                best = std::fmin(best, mean_square_error<Reader>(all, levels));
        } else {
            best = std::fmin(best, mean_square_error<Reader>(all, levels));
            levels.scale = -levels.scale;
            best = std::fmin(best, mean_square_error<Reader>(all, levels));
        }
    }
    return best;
}

template <class Reader>
double fitted(const Samples& all) {
    return mean_square_error<Reader>(all, Reader::fit(all));
}

}  // namespace

TEST_CASE("a fit is as good as trying everything") {
    for (const Samples& all : samples::various(120)) {
        CHECK(fitted<Uniform<1>>(all) <= 1.001 * exhaustive<Uniform<1>>(all));
        CHECK(fitted<Uniform<2>>(all) <= 1.001 * exhaustive<Uniform<2>>(all));
        CHECK(fitted<Uniform<3>>(all) <= 1.001 * exhaustive<Uniform<3>>(all));
        CHECK(fitted<Uniform<4>>(all) <= 1.005 * exhaustive<Uniform<4>>(all));
        CHECK(fitted<Uniform<2, Asymmetric>>(all) <= 1.0002 * exhaustive<Uniform<2, Asymmetric>>(all));
        CHECK(fitted<Uniform<3, Asymmetric>>(all) <= 1.001 * exhaustive<Uniform<3, Asymmetric>>(all));
        CHECK(fitted<Uniform<4, Asymmetric>>(all) <= 1.005 * exhaustive<Uniform<4, Asymmetric>>(all));
    }
}

TEST_CASE_TEMPLATE("a fit is never worse than the range", Reader, Uniform<2>, Uniform<5>, Uniform<8>, Uniform<2, Asymmetric>,
                   Uniform<5, Asymmetric>, Uniform<8, Asymmetric>) {
    for (const Size count : {Size(3), Size(500), Size(5000)}) {
        for (const Samples& all : samples::various(count)) {
            const Distribution distribution{VectorView<const float>(all)};
            const auto range =
                Reader::fit_range(static_cast<float>(distribution.lowest()), static_cast<float>(distribution.highest()));
            CHECK(fitted<Reader>(all) <= mean_square_error<Reader>(all, range));
        }
    }
}

TEST_CASE("the lopsided level goes to the side that needs it") {
    Samples all = samples::gaussian(101);
    all.back() = 4;   // one large positive value
    CHECK(Uniform<2>::fit(all).scale < 0);
    for (float& x : all) x = -x;
    CHECK(Uniform<2>::fit(all).scale > 0);
}

TEST_CASE("after a Relu the zero point is the lowest code") {
    const Samples all = samples::after_relu(3000);
    CHECK(Uniform<8, Asymmetric>::fit(all).zero == 0);
    CHECK(Uniform<2, Asymmetric>::fit(all).zero == 0);
}
