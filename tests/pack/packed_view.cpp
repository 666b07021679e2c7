// SPDX-License-Identifier: BSL-1.0
#include <aquatint/pack/pack.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

#include <cstring>

using namespace aquatint;

namespace {

using W3 = Quantizer<Ternary, PerChannel>;
using Weights = Packed<W3, 5, 9>;
using View = PackedView<W3>;

Weights filled() {
    float weights[5][9];
    for (int i = 0; i < 45; ++i) weights[i / 9][i % 9] = static_cast<float>(i * 7 % 5 - 2);
    Weights packed{};
    REQUIRE_FALSE(pack(weights, packed));
    return packed;
}
struct Flash {
    alignas(64) Byte bytes[sizeof(Weights) + 64];
};

}  // namespace

TEST_CASE("the bytes of a Packed are viewed wherever they lie") {
    const Weights packed = filled();
    Flash flash{};
    std::memcpy(flash.bytes + 64, &packed, sizeof packed);
    const Result<View> view = View::over(flash.bytes + 64, sizeof packed, Weights::shape);
    REQUIRE(view);
    for (Size output = 0; output < 5; ++output)
        for (Size input = 0; input < 9; ++input) {
            CHECK(view->code(output, input) == packed.code(output, input));
            CHECK(view->value(output, input) == packed.value(output, input));
        }
    CHECK_FALSE(inspect(*view));

    const Result<View> apart = View::over(packed.codes, packed.levels, Weights::shape);
    REQUIRE(apart);
    CHECK(apart->value(4, 8) == packed.value(4, 8));
}

TEST_CASE("memory is packed into at run time, shapes being known then") {
    Flash flash;
    std::memset(flash.bytes, 0xa5, sizeof flash.bytes);
    const PackedShape<W3> shape{5, 9};
    const auto memory = PackedMemory<W3>::over(flash.bytes, shape.bytes(), shape);
    REQUIRE(memory);
    float weights[5][9], unpacked[5][9];
    for (int i = 0; i < 45; ++i) weights[i / 9][i % 9] = static_cast<float>(i % 3 - 1);
    REQUIRE_FALSE(pack(weights, *memory));
    for (Size at = shape.code_bytes() + shape.level_bytes(); at < shape.bytes(); ++at) CHECK(flash.bytes[at] == 0);
    REQUIRE_FALSE(unpack(*memory, unpacked));
    CHECK(std::memcmp(weights, unpacked, sizeof weights) == 0);
}

TEST_CASE("some outputs of a view, from a panel on") {
    using Groups = Quantizer<Uniform<5>, PerGroup<3>>;
    static Packed<Groups, 40, 7> packed;
    float weights[40][7];
    for (int i = 0; i < 280; ++i) weights[i / 7][i % 7] = static_cast<float>(i * 37 % 101) - 50;
    REQUIRE_FALSE(pack(weights, packed));
    const auto part = packed.view().part(32, 8);
    for (Size output = 0; output < 8; ++output)
        for (Size input = 0; input < 7; ++input) CHECK(part.value(output, input) == packed.value(32 + output, input));
}

TEST_CASE("refused: misaligned, short, null, and levels that no policy takes") {
    Flash flash{};
    const auto message = [&](const void* memory, Size bytes) {
        return View::over(memory, bytes, Weights::shape).problem.message();
    };
    CHECK(message(flash.bytes + 4, sizeof(Weights)) ==
          "weights: packed weights start at a multiple of 64 bytes; expected an aligned address, found 4 bytes more");
    CHECK(message(nullptr, sizeof(Weights)) ==
          "weights: packed weights start at a multiple of 64 bytes; expected an aligned address, found no memory");
    CHECK(message(flash.bytes, 127) == "weights: packed weights have as many bytes as their shape says; expected 128, found 127");
    CHECK(message(flash.bytes, sizeof(Weights)) ==
          "levels: levels keep what their policy promises; expected usable levels of ternary/1, found others at index 0");
    const Weights packed = filled();
    const View::Levels few[3]{};
    CHECK(View::over(packed.codes, few, Weights::shape).problem.message() ==
          "levels: granularity and shape say how many levels there are; expected 5, found 3");
    CHECK(View::over(packed.codes, packed.levels, {17, 9}).problem.message() ==
          "weights: packed weights have as many bytes as their shape says; expected 128, found 64");
    CHECK(View::over(packed.codes, packed.levels, {0, 9}).problem);
}

TEST_CASE("inspect finds codes without a level, and padding that is not zero") {
    Weights packed = filled();
    packed.memory().store(4, 8, 3);
    CHECK(inspect(packed).message() == "weights: a code has no level; expected 2, found 3");
    CHECK(packed.value(4, 8) == 0);
    Size noticed = 0, bits = 0;
    for (Size byte = 0; byte < sizeof packed.codes; ++byte)
        for (unsigned bit = 0; bit < 8; bit += 2, ++bits) {
            packed = filled();
            if ((packed.codes[byte] >> bit & 3u) != 0) continue;
            packed.codes[byte] = static_cast<Byte>(packed.codes[byte] | 1u << bit);   // a padding field, or another code
            noticed += static_cast<bool>(inspect(packed));
        }
    CHECK(noticed == bits - 5 * 9);

    static Packed<Quantizer<Real>, 3, 5> real;
    CHECK_FALSE(inspect(real));
    real.codes[15] = 1;
    CHECK(inspect(real).message() == "weights: padding of packed weights is zero");
}
