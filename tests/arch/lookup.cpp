// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/pack/nibbles.hpp>
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>

using namespace aquatint;
using namespace tiles;

namespace {

/// Runs in groups of four, whole vectors or not; more steps than a byte holds.
constexpr Window lookup_windows[] = {
    {1, 0, 1, 0, 4},    {1, 0, 1, 0, 16},   {1, 0, 1, 0, 60},   {1, 0, 1, 0, 1008},  {1, 0, 1, 0, 1024},
    {1, 0, 1, 0, 2100}, {3, 160, 1, 0, 48}, {3, 80, 3, 32, 12}, {3, 640, 1, 0, 384}, {2, 80, 2, 36, 20},
};

/// Inputs of ±1 as bits, some of them absent as padding is, and their tables.
struct SignImage {
    std::vector<unsigned> nibble;   ///< of a group; 16 where no input is
    std::vector<Byte> tables;

    template <class Draw>
    SignImage(Size groups, Draw&& draw) : nibble(groups), tables(groups * table_bytes) {
        for (Size group = 0; group < groups; ++group) {
            nibble[group] = static_cast<unsigned>(draw());
            for (unsigned weights = 0; weights < table_bytes; ++weights)
                tables[group * table_bytes + weights] = nibble[group] < 16 ? bipolar_entry(nibble[group], weights) : neutral_entry;
        }
    }
    int input(Size at) const {
        const unsigned bits = nibble[at / group_inputs];
        return bits == 16 ? 0 : (bits >> at % group_inputs & 1u) != 0 ? 1 : -1;
    }
};

template <Size Planes, Size Pixels, class DrawInput, class DrawWeight>
void compare(const Window& window, DrawInput&& input, DrawWeight&& weight) {
    const NibbleOrder order{Planes, panel_outputs, window.segments()};
    std::vector<Byte> panel(order.panel_bytes());
    for (Byte& byte : panel) byte = static_cast<Byte>(weight() * 17);   // what lies past a run does not matter
    const Byte* planes[Planes];
    for (Size plane = 0; plane < Planes; ++plane) planes[plane] = panel.data() + plane * order.plane_bytes();
    const Size apart = 8;
    const SignImage image((reach(window, group_inputs) + (Pixels - 1) * apart) / group_inputs, input);
    const Byte* pixels[Pixels];
    for (Size pixel = 0; pixel < Pixels; ++pixel) pixels[pixel] = image.tables.data() + pixel * apart / group_inputs * table_bytes;

    struct {
        Int32 of[Planes * Pixels][panel_outputs];
    } reference, fast;
    Chosen<LookupTile<Pixels, Planes>, Scalar>::run(planes, pixels, window, reference.of);
    Chosen<LookupTile<Pixels, Planes>, Native>::run(planes, pixels, window, fast.of);
    INFO("pixels " << Pixels << ", planes " << Planes << ", run " << window.run);
    CHECK(same_bytes(reference, fast));
    for (const Size output : {Size(0), Size(7), Size(15)}) {
        Int32 sum = 0;
        for (Size segment = 0; segment < order.inputs.segments; ++segment)
            for (Size i = 0; i < window.run; ++i) {
                const Size row = segment / window.columns, column = segment % window.columns;
                const bool plus = (order.load(panel.data(), output, segment, i) >> (Planes - 1) & 1u) != 0;
                const int at = image.input((Pixels - 1) * apart + row * window.row_pitch + column * window.column_pitch + i);
                sum += plus ? at : -at;
            }
        CHECK(reference.of[Planes * Pixels - 1][output] == sum);
    }
}

template <Size Planes, Size Pixels>
void compare_all() {
    Random random;
    const auto any_weight = [&] { return random.between(0, 15); };
    for (const Window& window : lookup_windows) {
        compare<Planes, Pixels>(window, [&] { return random.between(0, 16); }, any_weight);
        compare<Planes, Pixels>(window, [] { return 0; }, [] { return 15; });   // all differ: the most a byte must hold
        compare<Planes, Pixels>(window, [] { return 15; }, [] { return 15; });
        compare<Planes, Pixels>(window, [] { return 16; }, any_weight);
    }
}

}  // namespace

TEST_CASE("lookups give the sums of the scalar reference, which are those of ±1 times ±1; padding adds nothing") {
    compare_all<1, 1>();
    compare_all<1, 2>();
    compare_all<1, 4>();
    compare_all<2, 1>();
    compare_all<2, 4>();
}

TEST_CASE("cells of one bit become nibbles, vector by vector") {
    Random random;
    const Segments inputs{3, 48};
    const CellOrder from{1, panel_outputs, inputs};
    const NibbleOrder to{1, panel_outputs, inputs};
    REQUIRE(from.panel_bytes() == to.panel_bytes());
    std::vector<Byte> cells(from.panel_bytes()), reference(cells.size()), fast(cells.size(), Byte(255));
    for (Byte& byte : cells) byte = static_cast<Byte>(random.between(0, 255));
    Chosen<CellsToNibbles, Scalar>::run(cells.data(), cells.size() / vector_bytes, reference.data());
    Chosen<CellsToNibbles, Native>::run(cells.data(), cells.size() / vector_bytes, fast.data());
    CHECK(reference == fast);
    for (Size output = 0; output < panel_outputs; ++output)
        for (Size segment = 0; segment < inputs.segments; ++segment)
            for (Size input = 0; input < inputs.run; ++input)
                CHECK(to.load(reference.data(), output, segment, input) == from.load(cells.data(), output, segment, input));
}

TEST_CASE("differences of signs are counted in cells as they lie") {
    Random random;
    for (const Size vectors : {Size(0), Size(1), Size(2), Size(63), Size(64), Size(200)}) {
        for (const bool all : {false, true}) {
            std::vector<Byte> cells(vectors * vector_bytes), signs(vectors * cell_inputs);
            for (Byte& byte : cells) byte = static_cast<Byte>(all ? 255 : random.between(0, 255));
            for (Byte& byte : signs)
                for (int pair = 0; pair < 4 && !all; ++pair) byte = static_cast<Byte>(byte << 2 | 3 * random.between(0, 1));
            alignas(32) Int32 reference[panel_outputs], fast[panel_outputs];
            for (Size output = 0; output < panel_outputs; ++output) reference[output] = fast[output] = static_cast<Int32>(output);
            Chosen<CountDifferences, Scalar>::run(cells.data(), signs.data(), vectors, reference);
            Chosen<CountDifferences, Native>::run(cells.data(), signs.data(), vectors, fast);
            const CellOrder order{1, panel_outputs, {1, vectors * vector_inputs}};
            for (Size output = 0; output < panel_outputs; ++output) {
                Int32 expected = static_cast<Int32>(output);
                for (Size i = 0; i < vectors * vector_inputs; ++i) {
                    const unsigned sign = signs[i / vector_inputs * cell_inputs + i % cell_inputs] >> 2 * (i % vector_inputs / cell_inputs) & 1u;
                    expected += order.load(cells.data(), output, 0, i) != sign ? 1 : 0;
                }
                CHECK(reference[output] == expected);
                CHECK(fast[output] == expected);
            }
        }
    }
}

TEST_CASE("the signs of bytes 0 and 2") {
    for (unsigned signs = 0; signs < 65536; signs += 41) {
        Byte bytes[vector_inputs];
        for (unsigned i = 0; i < vector_inputs; ++i) bytes[i] = static_cast<Byte>(2 * (signs >> i & 1u));
        CHECK(Chosen<SignsOfBytes, Scalar>::run(bytes) == signs);
        CHECK(Chosen<SignsOfBytes, Native>::run(bytes) == signs);
    }
}

TEST_CASE("the signs of codes") {
    for (unsigned signs = 0; signs < 65536; signs += 43) {
        Byte codes[vector_inputs];
        for (unsigned i = 0; i < vector_inputs; ++i) codes[i] = static_cast<Byte>(signs >> i & 1u);
        CHECK(Chosen<SignsOfCodes, Scalar>::run(codes) == signs);
        CHECK(Chosen<SignsOfCodes, Native>::run(codes) == signs);
    }
}

TEST_CASE("the tables of sixteen signs are those of the scalar reference and count differences") {
    for (unsigned signs = 0; signs < 65536; signs += 37) {
        struct {
            Byte of[panel_outputs / group_inputs][table_bytes];
        } reference, fast;
        Chosen<WriteTables, Scalar>::run(signs, reference.of[0]);
        Chosen<WriteTables, Native>::run(signs, fast.of[0]);
        CHECK(same_bytes(reference, fast));
        CHECK(reference.of[2][5] == std::popcount((signs >> 8 & 15u) ^ 5u));
    }
}

TEST_CASE("signs of real numbers in both directions, NaN and the threshold itself included") {
    Random random;
    for (int round = 0; round < 400; ++round) {
        float values[panel_outputs];
        for (float& value : values) value = static_cast<float>(random.between(-3, 3)) / 4;
        values[round % 16] = std::numeric_limits<float>::quiet_NaN();
        const float threshold = static_cast<float>(random.between(-3, 3)) / 4;
        const bool downward = round % 2 != 0;
        const unsigned signs = Chosen<SignBits, Native>::run(values, threshold, downward);
        CHECK(signs == Chosen<SignBits, Scalar>::run(values, threshold, downward));
        for (unsigned i = 0; i < panel_outputs; ++i) {
            const float value = std::isnan(values[i]) ? 0 : values[i];
            CHECK((signs >> i & 1u) == (downward ? value <= threshold : value >= threshold));
        }

        struct Signs {
            Byte of[panel_outputs];
        } bytes, fast;
        Chosen<EncodeSigns, Scalar>::run(values, threshold, downward, bytes.of);
        Chosen<EncodeSigns, Native>::run(values, threshold, downward, fast.of);
        CHECK(same_bytes(bytes, fast));
        for (unsigned i = 0; i < panel_outputs; ++i) CHECK(bytes.of[i] == 2 * (signs >> i & 1u));
    }
}
