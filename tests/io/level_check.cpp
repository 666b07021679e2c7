// SPDX-License-Identifier: BSL-1.0
#include <limits>

#include "../laws/all_policies.hpp"
#include "networks.hpp"

using namespace io;

namespace {

constexpr NetworkPlace somewhere{3, "conv/1", "levels"};

template <Policy Reader>
std::string said_of(const typename Reader::Levels& levels) {
    return check_levels<Reader>(levels, somewhere, 7).message().c_str();
}
template <Policy Reader, bool Codes>
std::string activation_refusal(const typename Reader::Levels& levels) {
    return check_activation_levels<Reader, Codes>(levels, somewhere, 0).message().c_str();
}
bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

constexpr float hostile[] = {0.0f,
                             -0.0f,
                             std::numeric_limits<float>::quiet_NaN(),
                             std::numeric_limits<float>::infinity(),
                             -std::numeric_limits<float>::infinity(),
                             std::numeric_limits<float>::max(),
                             std::numeric_limits<float>::denorm_min(),
                             -std::numeric_limits<float>::min(),
                             0x1p100f,
                             -0x1p100f,
                             0x1p-101f};

}  // namespace

TEST_CASE("no scale of any policy may be zero, subnormal, huge or not a number") {
    laws::for_each_policy([]<class Reader>() {
        typename Reader::Levels levels{};
        CHECK(said_of<Reader>(levels) == "");
        for (const float scale : hostile) {
            levels.scale = scale;
            CHECK(contains(said_of<Reader>(levels), "step 3 conv/1 levels[7]: the scale is not a usable number"));
            CHECK(contains(activation_refusal<Reader, false>(levels), "the scale is not a usable number"));
        }
        levels = {};
        levels.scale = -levels.scale;
        CHECK_FALSE(activation_refusal<Reader, false>(levels) == "");
    });
}

TEST_CASE("a zero point is one of the codes") {
    for (const Int32 zero : {-1, 16, std::numeric_limits<Int32>::min(), std::numeric_limits<Int32>::max()}) {
        Uniform<4, Asymmetric>::Levels levels{1, zero};
        CHECK(said_of<Uniform<4, Asymmetric>>(levels) ==
              "step 3 conv/1 levels[7]: the zero point is not one of the codes; expected 0 to 15, found " + std::to_string(zero));
    }
    CHECK(said_of<Uniform<4, Asymmetric>>({1, 15}) == "");
}

TEST_CASE("offsets are finite") {
    for (const float offset : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -0x1p100f})
        CHECK(said_of<AdaptiveBinary>({1, offset}) ==
              "step 3 conv/1 levels[7]: the levels are not what their policy allows; expected "
              "adaptive_binary/1");
}

TEST_CASE("a basis makes levels that a float holds, and what fills it up is zero") {
    using Basis = LearnedBasis<3, Offset>;
    CHECK(said_of<Basis>({1, 0, {-32768, 32767, -32768}}) == "");
    CHECK(said_of<Basis>({1, (1 << 24) - 7 - 1, {1, -2, 4}}) == "");
    CHECK(contains(said_of<Basis>({1, (1 << 24) - 7, {1, -2, 4}}), "expected less than 16777216, found 16777216"));
    CHECK(contains(said_of<Basis>({1, std::numeric_limits<Int32>::min(), {}}), "found 2147483648"));
    CHECK(said_of<Basis>({1, 0, {1, 2, 4, 1}}) == "step 3 conv/1 levels[7]: what should be zero is not");
}

TEST_CASE("an activation that is read as a byte has levels that are bytes") {
    using Planes = LearnedBasis<3, Unipolar>;
    CHECK(activation_refusal<Planes, true>({1, {5, 50, 200}}) == "");
    CHECK(contains(activation_refusal<Planes, true>({1, {6, 50, 200}}),
                   "a level of the activation is not a byte; expected 0 to 255, found 256"));
    CHECK(contains(activation_refusal<Planes, true>({1, {-1, 50, 100}}), "found -1"));
    CHECK(activation_refusal<Planes, false>({1, {-1, 50, 1000}}) == "");
    CHECK(activation_refusal<Uniform<8, Asymmetric>, true>({1, 255}) == "");
}

TEST_CASE("a basis cannot overflow the accumulator") {
    const auto bound = [](Int32 offset, Size inputs, int highest) {
        const LearnedBasis<2, Offset>::Levels levels{1, offset, {100, -200}};
        return std::string(
            check_accumulator<LearnedBasis<2, Offset>>(levels, {inputs, highest}, somewhere, 0).message().c_str());
    };
    const Size most_inputs = (accumulator_limit - 1) / (300 * 255);
    CHECK(bound(0, most_inputs, 255) == "");
    CHECK(contains(bound(0, most_inputs + 1, 255),
                   "the sum of the products can leave the accumulator; expected less than 805306368"));
    CHECK(contains(bound(-1, most_inputs, 255), "accumulator"));
    CHECK(bound(0, most_inputs, 3) == "");
    CHECK(bound(32767 - 300, 9, 255) == "");
    CHECK(contains(bound(32767 - 299, 9, 255), "expected at most 32767, found 32768"));
    CHECK(check_accumulator<Uniform<8>>({1}, {~Size(0), 255}, somewhere, 0).rule == nullptr);   // the type knows
}

namespace {

/// Three decodes that are only sometimes finite, and no `valid`.
struct Exploding {
    static constexpr unsigned bits = 2;
    static constexpr unsigned codes = 3;
    static constexpr const char* name = "exploding/1";
    struct Levels {
        Int32 divisor = 1;
    };
    static constexpr float decode(unsigned code, Levels levels) {
        return static_cast<float>(code) / static_cast<float>(levels.divisor);
    }
    static constexpr unsigned encode(float, Levels) { return 0; }
};

}  // namespace

TEST_CASE("a user's policy that says nothing has finite levels, or is refused") {
    CHECK(said_of<Exploding>({-5}) == "");
    CHECK(said_of<Exploding>({0}) == "step 3 conv/1 levels[7]: a level is not finite, found not a number");
}
