// SPDX-License-Identifier: BSL-1.0
#include <aquatint/policy/policies.hpp>
#include <aquatint/policy/byte_reading.hpp>

#include <doctest/doctest.h>

#include <cstdlib>

using namespace aquatint;

namespace {

/// Every code's byte means what decode says, and no byte is above the highest.
template <class Reader>
void check_bytes(const typename Reader::Levels& levels, float offset = 0) {
    CAPTURE(Reader::name);
    int highest = 0;
    for (unsigned code = 0; code < Reader::codes; ++code) {
        const int byte = ByteLevels<Reader>::byte(code, levels);
        highest = most(highest, byte);
        CHECK(static_cast<float>(byte - ByteLevels<Reader>::zero(levels)) * levels.scale + offset ==
              Reader::decode(code, levels));
    }
    CHECK(highest <= ByteLevels<Reader>::highest_byte);
}

/// The largest digit is one that occurs, and none is larger.
template <class Reader>
void check_digits() {
    CAPTURE(Reader::name);
    int largest = 0;
    for (unsigned code = 0; code < Reader::codes; ++code)
        for (unsigned term = 0; term < Terms<Reader>::count; ++term)
            largest = most(largest, std::abs(Terms<Reader>::digit(code, term)));
    CHECK(largest == largest_digit<Reader>);
}

/// Whole steps, and any offset.
struct Shifted {
    static constexpr unsigned bits = 2, codes = 4;
    static constexpr const char* name = "shifted/1";
    struct Levels {
        float scale = 1, offset = 0;
    };
    static constexpr int integer(unsigned code) { return static_cast<int>(code); }
    static constexpr float decode(unsigned code, Levels levels) {
        return static_cast<float>(code) * levels.scale + levels.offset;
    }
    static constexpr unsigned encode(float, Levels) { return 0; }
};

}  // namespace

TEST_CASE("bytes of activations mean their levels") {
    check_bytes<Uniform<8, Asymmetric>>({0.5f, 17});
    check_bytes<Uniform<3, Asymmetric>>({2.0f, 7});
    check_bytes<Uniform<4>>({0.25f});
    check_bytes<Binary>({0.75f});
    check_bytes<Ternary>({1.5f});
    check_bytes<Log2<4>>({0.125f});
    check_bytes<LearnedBasis<3, Unipolar>>({0.5f, {100, 60, 30}});
    check_bytes<AdaptiveBinary>({1.0f, 0.5f}, 0.5f);
}

TEST_CASE("rounding finds the level only where all whole steps are levels") {
    CHECK(ByteLevels<Uniform<5, Asymmetric>>::linear);
    CHECK(ByteLevels<Uniform<5>>::linear);
    CHECK(ByteLevels<Ternary>::contiguous);
    CHECK(!ByteLevels<Ternary>::linear);   // its encode has ties of its own
    CHECK(!ByteLevels<Binary>::linear);
    CHECK(!ByteLevels<Log2<4>>::linear);
    CHECK(!ByteLevels<LearnedBasis<3, Unipolar>>::linear);
    CHECK(!ByteLevels<AdaptiveBinary>::linear);
}

TEST_CASE("levels of a basis may lie beyond a byte") {
    using Two = ByteLevels<LearnedBasis<2, Unipolar>>;
    CHECK(Two::beyond({1, {100, 155}}) == 0);
    CHECK(Two::beyond({1, {100, 156}}) == 256);
    CHECK(Two::beyond({1, {-1, 5}}) == -1);
    CHECK(ByteLevels<Uniform<8, Asymmetric>>::beyond({1, 77}) == 0);
}

TEST_CASE("a policy that adds an offset to its integers is read as numbers") {
    static_assert(Policy<Shifted> && !Integral<Shifted>);
}

TEST_CASE("digits of weights are signed bytes, wider integers are halved") {
    check_digits<Uniform<8>>();
    check_digits<Uniform<2>>();
    check_digits<Ternary>();
    check_digits<Log2<4>>();
    check_digits<LearnedBasis<4>>();
    check_digits<AdaptiveBinary>();
    CHECK(Terms<Log2<5>>::count == 2);
    CHECK(largest_digit<Log2<5>> == 64);
    CHECK(largest_weight<Log2<5>> == 128);
    CHECK(largest_digit<Uniform<3, Asymmetric>> == 7);   // less a zero point of 7
    CHECK(!DigitReading<Uniform<8, Asymmetric>>);
    CHECK(!DigitReading<Real>);
    CHECK(!ByteReading<Real>);
    CHECK(!ByteReading<LearnedBasis<2>>);   // planes of either sign
}
