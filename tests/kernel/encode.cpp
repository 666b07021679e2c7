// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/kernel/encode.hpp>
#include <aquatint/policy/learned_basis.hpp>
#include <aquatint/policy/ternary.hpp>
#include <aquatint/policy/uniform.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace aquatint;

namespace {

using support::Random;

constexpr float infinity = std::numeric_limits<float>::infinity();

/// Every level, every middle between two, and the floats about them; NaN, infinities, zeros, subnormal numbers.
template <class Reader>
std::vector<float> delicate_values(const typename Reader::Levels& levels) {
    std::vector<float> values{0.0f,   -0.0f,   infinity, -infinity, std::numeric_limits<float>::quiet_NaN(),
                              1e-45f, -1e-45f, 3e38f,    -3e38f};
    for (unsigned code = 0; code < Reader::codes; ++code)
        for (unsigned other = 0; other <= code; ++other) {
            const double sum =
                static_cast<double>(Reader::decode(code, levels)) + static_cast<double>(Reader::decode(other, levels));
            float value = static_cast<float>(sum / 2);
            for (int i = 0; i < 3; ++i) value = std::nextafter(value, -infinity);
            for (int i = 0; i < 7; ++i, value = std::nextafter(value, infinity)) values.push_back(value);
        }
    return values;
}

template <class Reader, class Arch>
bool encodes_as_defined(const typename Reader::Levels& levels) {
    const std::vector<float> values = delicate_values<Reader>(levels);
    const Extent in{{1, values.size(), 1}, 0};
    std::vector<Byte> bytes(values.size() + 16, 77);
    encode<Arch, Reader>(values.data(), in, levels, bytes.data(), in);
    bool same = bytes[values.size()] == 77;
    for (Size i = 0; i < values.size(); ++i) same &= bytes[i] == nearest_level<Byte, Reader>(values[i], levels);
    return same;
}
template <class Reader>
void check(const typename Reader::Levels& levels) {
    CHECK(encodes_as_defined<Reader, Scalar>(levels));
    CHECK(encodes_as_defined<Reader, Native>(levels));
}

template <unsigned Planes>
void check_bases() {
    using Reader = LearnedBasis<Planes, Unipolar>;
    static_assert(CountedLevels<Reader>);
    Random random{Planes};
    for (int round = 0; round < 300; ++round) {
        typename Reader::Levels levels;
        levels.scale = std::ldexp(1 + static_cast<float>(random() % (1u << 23)) * 0x1p-23f, static_cast<int>(random() % 60) - 40);
        for (unsigned k = 0; k < Planes; ++k)
            levels.basis[k] = static_cast<Int16>(random() % (round % 3 == 0 ? 4 : 64));   // equal levels too
        check<Reader>(levels);
    }
}

}  // namespace

TEST_CASE("learned levels are found by thresholds exactly as they are defined, ties and equal levels included") {
    check_bases<1>();
    check_bases<2>();
    check_bases<3>();
    check_bases<4>();
}

TEST_CASE("so are three levels, whichever sign their scale has") {
    static_assert(CountedLevels<Ternary>);
    for (const float scale : {1.0f, 0.1f, 3.7e-20f, -0.3f, 0x1p-100f, 1e30f}) check<Ternary>({scale});
}

TEST_CASE("a threshold is the last float of its level") {
    constexpr LearnedBasis<2, Unipolar>::Levels levels{1, {1, 3}};   // 0, 1, 3, 4
    constexpr ByteThresholds found = thresholds_of<LearnedBasis<2, Unipolar>>(levels);
    static_assert(found.threshold[0] == 0.5f && found.threshold[1] == 2 && found.threshold[2] == 3.5f &&
                  found.threshold[3] > 3e38f);
    static_assert(found.byte[0] == 0 && found.byte[1] == 1 && found.byte[2] == 3 && found.byte[3] == 4);
    static_assert(thresholds_of<Ternary>({2}).threshold[0] < -1 && thresholds_of<Ternary>({2}).threshold[1] == 1);
    static_assert(!CountedLevels<Uniform<4>>);   // rounding finds them
}
