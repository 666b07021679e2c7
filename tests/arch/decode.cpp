// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/policy/uniform.hpp>
#include <doctest/doctest.h>

using namespace aquatint;
using namespace tiles;

namespace {

/// Levels without any pattern: only a table can decode them.
template <unsigned Bits, unsigned Codes = 1u << Bits>
struct Scattered {
    static constexpr unsigned bits = Bits;
    static constexpr unsigned codes = Codes;
    static constexpr const char* name = "scattered/1";
    struct Levels {
        float scale = 1;
    };
    static constexpr int integer(unsigned code) { return static_cast<int>((code * 73 + 41) % 251) - 125; }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<Scattered>(code, levels); }
    static constexpr unsigned encode(float, Levels) { return 0; }
};

/// Neighbouring integers that leave the last code unused.
struct ThreeOfFour {
    static constexpr unsigned bits = 2, codes = 3;
    static constexpr const char* name = "three of four/1";
    struct Levels {
        float scale = 1;
    };
    static constexpr int integer(unsigned code) { return static_cast<int>(code) - 1; }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<ThreeOfFour>(code, levels); }
    static constexpr unsigned encode(float, Levels) { return 0; }
};

/// Bit planes of -1 and +1.
template <unsigned Bits>
struct SignPlanes {
    static constexpr unsigned bits = Bits;
    static constexpr unsigned codes = 1u << Bits;
    static constexpr unsigned planes = Bits;
    static constexpr const char* name = "sign planes/1";
    struct Levels {
        int basis[Bits]{};
        float scale = 1;
    };
    static constexpr int plane(unsigned code, unsigned index) { return (code >> index & 1u) != 0 ? 1 : -1; }
    static constexpr float decode(unsigned code, Levels levels) { return level_of<SignPlanes>(code, levels); }
    static constexpr unsigned encode(float, Levels) { return 0; }
};

template <class Reader, unsigned Term = 0>
void compare() {
    Random random;
    for (const Segments inputs : {Segments{1, 1}, {1, 5}, {3, 12}, {2, 33}, {3, 48}, {1, 577}, {9, 3}}) {
        const CellOrder order{Reader::bits, panel_outputs, inputs};
        std::vector<Byte> panel(order.panel_bytes());
        std::vector<unsigned> codes;
        for (Size output = 0; output < panel_outputs; ++output)
            for (Size segment = 0; segment < inputs.segments; ++segment)
                for (Size input = 0; input < inputs.run; ++input) {
                    codes.push_back(random() % Reader::codes);
                    order.store(panel.data(), output, segment, input, codes.back());
                }
        Int8 zeros[panel_outputs];
        for (Int8& zero : zeros) zero = static_cast<Int8>(random.between(-128, 127));
        INFO("bits " << Reader::bits << ", segments " << inputs.segments << ", run " << inputs.run);

        for (const Int8* subtracted : {static_cast<const Int8*>(nullptr), static_cast<const Int8*>(zeros)}) {
            std::vector<Int8> reference(order.byte_vectors() * vector_bytes), fast(reference.size());
            Chosen<DecodeDigits<Reader, Term>, Scalar>::run(panel.data(), order, subtracted, reference.data());
            Chosen<DecodeDigits<Reader, Term>, Native>::run(panel.data(), order, subtracted, fast.data());
            CHECK(reference == fast);

            Size at = 0;
            bool as_defined = true;
            for (Size output = 0; output < panel_outputs; ++output)
                for (Size segment = 0; segment < inputs.segments; ++segment)
                    for (Size input = 0; input < inputs.run; ++input) {
                        const int zero = subtracted == nullptr ? 0 : subtracted[output];
                        const auto digit = static_cast<Int8>(Terms<Reader>::digit(codes[at++], Term) - zero);
                        const Size cell = segment * inputs.cells_per_segment() + input / cell_inputs;
                        as_defined &= reference[(cell * panel_outputs + output) * cell_inputs + input % cell_inputs] == digit;
                    }
            CHECK(as_defined);
        }
    }
}

template <Size... Index>
void compare_uniform(Indices<Index...>) {
    (compare<Uniform<Index + 1>>(), ...);
    (compare<Uniform<Index + 1, Asymmetric>>(), ...);
}
template <Size... Index>
void compare_scattered(Indices<Index...>) {
    (compare<Scattered<Index + 1>>(), ...);
}

}  // namespace

TEST_CASE("packed codes of every width become the digits of the scalar reference") { compare_uniform(IndicesBelow<8>{}); }

TEST_CASE("levels without a pattern, and code sets that leave the last codes unused") {
    compare_scattered(IndicesBelow<8>{});
    compare<Scattered<2, 3>>();
    compare<Scattered<5, 17>>();
    compare<ThreeOfFour>();
}

TEST_CASE("what is no code is no digit, on any processor") {
    Random random;
    const CellOrder order{2, panel_outputs, {1, 48}};
    std::vector<Byte> panel(order.panel_bytes());
    for (Byte& byte : panel) byte = static_cast<Byte>(random());
    std::vector<Int8> reference(order.byte_vectors() * vector_bytes), fast(reference.size());
    Chosen<DecodeDigits<ThreeOfFour, 0>, Scalar>::run(panel.data(), order, nullptr, reference.data());
    Chosen<DecodeDigits<ThreeOfFour, 0>, Native>::run(panel.data(), order, nullptr, fast.data());
    CHECK(reference == fast);
    for (const Int8 digit : reference) CHECK((digit >= -1 && digit <= 1));
}

TEST_CASE("the digits of every plane of a basis") {
    compare<SignPlanes<1>, 0>();
    compare<SignPlanes<2>, 1>();
    compare<SignPlanes<3>, 2>();
    compare<SignPlanes<5>, 4>();
    compare<SignPlanes<6>, 3>();
}

TEST_CASE("digits times coefficients are joined in 16 bits, outputs and inputs in their places") {
    Random random;
    constexpr Size cells = 5;
    Int8 digits[2][cells * panel_outputs * cell_inputs];
    Int16 coefficients[2][panel_outputs], start[panel_outputs];
    for (auto& term : digits)
        for (Int8& digit : term) digit = static_cast<Int8>(random.between(-128, 127));
    for (Size output = 0; output < panel_outputs; ++output) {
        coefficients[0][output] = static_cast<Int16>(random.between(-120, 120));
        coefficients[1][output] = static_cast<Int16>(random.between(-120, 120));
        start[output] = static_cast<Int16>(random.between(-2000, 2000));
    }
    Int16 reference[cells * panel_outputs * cell_inputs]{}, fast[cells * panel_outputs * cell_inputs]{};
    for (Size term = 0; term < 2; ++term) {
        Chosen<JoinDigits, Scalar>::run(digits[term], cells, coefficients[term], term == 0 ? start : nullptr, reference);
        Chosen<JoinDigits, Native>::run(digits[term], cells, coefficients[term], term == 0 ? start : nullptr, fast);
    }
    for (Size cell = 0; cell < cells; ++cell)
        for (Size output = 0; output < panel_outputs; ++output)
            for (Size input = 0; input < cell_inputs; ++input) {
                const Size at = (cell * panel_outputs + output) * cell_inputs + input, place = wide_place(cell, output, input);
                const int whole =
                    start[output] + digits[0][at] * coefficients[0][output] + digits[1][at] * coefficients[1][output];
                CHECK(reference[place] == whole);
                CHECK(fast[place] == whole);
            }
}
