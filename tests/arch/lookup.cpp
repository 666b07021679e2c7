// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/copy.hpp>
#include <aquatint/pack/nibbles.hpp>
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>

using namespace aquatint;
using namespace tiles;

namespace {

/// In groups. Runs of three groups and one more; more steps than a byte holds, and than words
/// hold; pitches that are no whole vectors.
constexpr Window lookup_windows[] = {
    {1, 0, 1, 0, 4},   {1, 0, 1, 0, 12},  {1, 0, 1, 0, 16}, {1, 0, 1, 0, 252}, {1, 0, 1, 0, 256},
    {1, 0, 1, 0, 524}, {3, 40, 1, 0, 12}, {3, 20, 3, 8, 4}, {3, 160, 1, 0, 96}, {2, 21, 2, 9, 8}, {40, 0, 1, 0, 4},
};

constexpr Size most_pixels = 2 * tile_pixels;   // of one vector of outputs

/// Nibbles, places and tables, all of them drawn, in the arrangement of a window.
template <Size Planes, Size Panels>
struct Drawn {
    static constexpr Size apart = 4;   ///< neighbouring pixels, in groups

    NibbleOrder order;
    std::vector<Byte> nibbles, places;
    LookupTables tables;
    const Byte* pixels[most_pixels]{};

    template <class DrawEntry, class DrawNibble>
    Drawn(const Window& window, DrawEntry&& entry, DrawNibble&& nibble)
        : order{Planes, Panels, {window.rows * window.columns, window.run * group_inputs}}, nibbles(order.bytes()),
          places((reach(window, 1) + (most_pixels - 1) * apart) * place_bytes),
          tables(make_tables([&](unsigned, unsigned) { return entry(); })) {
        Random random;
        for (Byte& byte : nibbles) byte = static_cast<Byte>(nibble());
        for (Size at = 0; at < places.size(); at += place_bytes) store_place(random() % 256 * table_bytes, &places[at]);
        for (Size pixel = 0; pixel < most_pixels; ++pixel) pixels[pixel] = places.data() + pixel * apart * place_bytes;
    }
    /// The sum of `value(entry)` over all groups, by the definition of the order.
    template <class Value>
    Int64 sum(const Window& window, Size pixel, Size plane, Size output, Value&& value) const {
        Int64 total = 0;
        for (Size segment = 0; segment < order.inputs.segments; ++segment)
            for (Size group = 0; group < window.run; ++group) {
                unsigned nibble = 0;
                for (Size i = 0; i < group_inputs; ++i)
                    nibble |= (order.load(nibbles.data(), output, segment, group * group_inputs + i) >> plane & 1u) << i;
                const Size run = segment / window.columns * window.row_pitch + segment % window.columns * window.column_pitch;
                total += value(tables.entry[load_place(pixels[pixel] + (run + group) * place_bytes) / table_bytes][nibble]);
            }
        return total;
    }
};
struct Sums {
    Tile<Int32, most_pixels> of[LookupSums::most_panels]{};
    SumRows rows[LookupSums::most_panels]{};

    Sums() {
        for (Size panel = 0; panel < LookupSums::most_panels; ++panel) rows[panel] = of[panel].value;
    }
    Sums(const Sums&) = delete;
};

template <unsigned Largest, Size Pixels, Size Planes, Size Panels, class DrawEntry, class DrawNibble>
void compare(const Window& window, DrawEntry&& entry, DrawNibble&& nibble) {
    const Drawn<Planes, Panels> drawn(window, entry, nibble);
    constexpr Int8 largest = LookupSums::largest_coefficient;
    LookupSums weights{{}, {-largest, window.run % 8 == 0 ? Int8(1) : Int8(-largest)}};
    for (Size panel = 0; panel < Panels; ++panel)
        for (Size output = 0; output < panel_outputs; ++output)
            weights.start[panel][output] = static_cast<Int32>(1000 * output + 77 * panel) - 7000;
    using Placed = LookupTile<PlacedTables, Largest, Pixels, Planes, Panels>;
    using Written = LookupTile<WrittenTables, Largest, Pixels, Planes, Panels>;
    Sums reference, placed, scalar_written, written;
    const PlacedTables tables{drawn.tables};
    Chosen<Placed, Scalar>::run(drawn.nibbles.data(), weights, tables, drawn.pixels, window, reference.rows);
    Chosen<Placed, Native>::run(drawn.nibbles.data(), weights, tables, drawn.pixels, window, placed.rows);
    std::vector<Byte> memory(drawn.places.size() / place_bytes * table_bytes);
    for (Size group = 0; group < memory.size() / table_bytes; ++group)
        copy(tables.find(&drawn.places[group * place_bytes]), table_bytes, &memory[group * table_bytes]);
    const Byte* pixels[most_pixels];
    for (Size pixel = 0; pixel < most_pixels; ++pixel) pixels[pixel] = memory.data() + pixel * drawn.apart * table_bytes;
    Chosen<Written, Scalar>::run(drawn.nibbles.data(), weights, WrittenTables{}, pixels, window, scalar_written.rows);
    Chosen<Written, Native>::run(drawn.nibbles.data(), weights, WrittenTables{}, pixels, window, written.rows);
    INFO("largest " << Largest << ", pixels " << Pixels << ", planes " << Planes << ", panels " << Panels << ", run "
                    << window.run);
    CHECK(same_bytes(reference.of, placed.of));
    CHECK(same_bytes(reference.of, scalar_written.of));
    CHECK(same_bytes(reference.of, written.of));
    for (const Size output : {Size(0), Size(7), Panels * panel_outputs - 1}) {
        const Size panel = output / panel_outputs, own = output % panel_outputs;
        Int64 sum = weights.start[panel][own];
        for (Size plane = 0; plane < Planes; ++plane)
            sum += weights.coefficients[plane] * drawn.sum(window, Pixels - 1, plane, output, [](Byte found) { return found; });
        CHECK(reference.of[panel].value[Pixels - 1][own] == sum);
    }
}
template <unsigned Largest, Size Pixels, Size Planes, Size Panels>
void compare_all() {
    Random random;
    for (const Window& window : lookup_windows) {
        compare<Largest, Pixels, Planes, Panels>(
            window, [&] { return random.between(0, Largest); }, [&] { return random.between(0, 15); });
        compare<Largest, Pixels, Planes, Panels>(
            window, [] { return Largest; }, [] { return 15; });   // the most a byte must hold
    }
}

template <Size Pixels, Size Planes, class DrawEntry>
void compare_basis(const Window& window, const BasisSums& weights, DrawEntry&& entry) {
    Random random;
    const Drawn<Planes, 1> drawn(window, entry, [&] { return random.between(0, 15); });
    Sums reference, fast;
    using Operation = BasisTile<Pixels, Planes>;
    Chosen<Operation, Scalar>::run(drawn.nibbles.data(), weights, PlacedTables{drawn.tables}, drawn.pixels, window,
                                   reference.rows[0]);
    Chosen<Operation, Native>::run(drawn.nibbles.data(), weights, PlacedTables{drawn.tables}, drawn.pixels, window, fast.rows[0]);
    INFO("pixels " << Pixels << ", planes " << Planes << ", run " << window.run << ", factors " << int{weights.factors[0]} << ", "
                   << int{weights.factors[1]});
    CHECK(same_bytes(reference.of, fast.of));
    for (const Size output : {Size(0), Size(7), Size(15)}) {
        Int64 sum = weights.start[output];
        for (Size plane = 0; plane < Planes; ++plane)
            sum -= weights.basis[plane][output] * drawn.sum(window, Pixels - 1, plane, output, [&](Byte found) {
                return weights.factors[0] * (found % 16) + weights.factors[1] * (found / 16);
            });
        CHECK(static_cast<UInt32>(reference.of[0].value[Pixels - 1][output]) == static_cast<UInt32>(sum));
    }
}
template <Size Pixels, Size Planes>
void compare_all_bases() {
    Random random;
    for (const Window& window : lookup_windows) {
        for (const Byte large : {Byte(0), Byte(1), Byte(127), Byte(128), Byte(200), Byte(255)}) {
            BasisSums weights;
            weights.factors[0] = static_cast<Byte>(random.between(0, least<int>(large, 255 - large)));
            weights.factors[1] = large;
            for (Size output = 0; output < panel_outputs; ++output) {
                weights.start[output] = static_cast<Int32>(random.between(-1000000, 1000000));
                const int both = output == 7 ? 32767 : random.between(0, 4000), one = random.between(0, both);
                weights.basis[0][output] = static_cast<Int16>(output % 3 == 0 ? -one : one);
                weights.basis[1][output] = static_cast<Int16>(output % 2 == 0 ? one - both : both - one);
            }
            compare_basis<Pixels, Planes>(window, weights, [&] { return random.between(0, 4) + 16 * random.between(0, 4); });
            compare_basis<Pixels, Planes>(window, weights, [] { return 4 + 16 * 4; });
            compare_basis<Pixels, Planes>(window, weights, [] { return 0; });
        }
    }
}

template <unsigned Bits>
void compare_nibbles() {
    Random random;
    const Segments inputs{3, 48};
    const CellOrder from{Bits, panel_outputs, inputs};
    for (const Size panels : {Size(1), Size(2), Size(4)}) {
        const NibbleOrder to{Bits, panels, inputs};
        std::vector<Byte> reference(to.bytes(), Byte(255)), fast(reference);
        for (Size panel = 0; panel < panels; ++panel) {
            std::vector<Byte> cells(from.panel_bytes());
            for (Byte& byte : cells) byte = static_cast<Byte>(random.between(0, 255));
            const Size vectors = inputs.inputs() / vector_inputs;
            Chosen<CellsToNibbles<Bits>, Scalar>::run(cells.data(), vectors, to, reference.data() + panel * panel_outputs);
            Chosen<CellsToNibbles<Bits>, Native>::run(cells.data(), vectors, to, fast.data() + panel * panel_outputs);
            for (Size output = 0; output < panel_outputs; ++output)
                for (Size segment = 0; segment < inputs.segments; ++segment)
                    for (Size input = 0; input < inputs.run; ++input)
                        CHECK(to.load(reference.data(), panel * panel_outputs + output, segment, input) ==
                              from.load(cells.data(), output, segment, input));
        }
        CHECK(reference == fast);
        for (const Byte nibble : reference) CHECK(nibble < table_bytes);
    }
}

template <unsigned Shift>
void compare_places() {
    Random random;
    for (const Size vectors : {Size(0), Size(1), Size(3), Size(4), Size(5), Size(14)}) {
        std::vector<Byte> inputs(vectors * vector_inputs), reference(bytes_of_places(inputs.size()) + 1, Byte(99)),
            fast(reference);
        for (Byte& input : inputs) input = static_cast<Byte>(random.between(0, 3 >> Shift));
        Chosen<WritePlaces<Shift>, Scalar>::run(inputs.data(), vectors, reference.data());
        Chosen<WritePlaces<Shift>, Native>::run(inputs.data(), vectors, fast.data());
        CHECK(reference == fast);
        CHECK(reference.back() == 99);
        for (Size i = 0; i < inputs.size(); ++i) {
            const Size table = load_place(&reference[i / group_inputs * place_bytes]) / table_bytes;
            CHECK((table >> 2 * (i % group_inputs) & 3u) == Size(inputs[i]) << Shift);
        }
    }
}

}  // namespace

TEST_CASE("lookups give the sums of the scalar reference, which are those of the entries that nibbles find") {
    compare_all<4, 1, 1, 1>();
    compare_all<4, 4, 1, 1>();
    compare_all<4, 8, 1, 1>();
    compare_all<4, 4, 1, 2>();
    compare_all<4, 1, 1, 4>();
    compare_all<4, 4, 1, 4>();
    compare_all<12, 1, 1, 1>();
    compare_all<12, 4, 1, 4>();
    compare_all<4, 1, 2, 2>();
    compare_all<12, 4, 2, 1>();
    compare_all<12, 8, 1, 1>();
    compare_all<4, 8, 2, 1>();
    compare_all<12, 8, 2, 1>();
    compare_all<12, 1, 2, 2>();
    compare_all<12, 4, 2, 2>();
}

TEST_CASE("lookups of two planes with learned numbers give the sums of the scalar reference, at the ends of every range") {
    compare_all_bases<1, 2>();
    compare_all_bases<4, 2>();
    compare_all_bases<1, 1>();
    compare_all_bases<4, 1>();
}

TEST_CASE("cells of one bit and of two become nibbles, whose panels lie side by side") {
    compare_nibbles<1>();
    compare_nibbles<2>();
}

TEST_CASE("inputs say where their tables are") {
    compare_places<0>();
    compare_places<1>();
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
                    const unsigned sign =
                        signs[i / vector_inputs * cell_inputs + i % cell_inputs] >> 2 * (i % vector_inputs / cell_inputs) & 1u;
                    expected += order.load(cells.data(), output, 0, i) != sign ? 1 : 0;
                }
                CHECK(reference[output] == expected);
                CHECK(fast[output] == expected);
            }
        }
    }
}

TEST_CASE("sums of two numbers are split into them, equal numbers and zeros included") {
    Random random;
    for (int round = 0; round < 600; ++round) {
        const int small = round % 4 == 0 ? 0 : random.between(0, 127);
        const int large = round % 5 == 0 ? small : random.between(small, 255 - small);
        struct Split {
            Byte of[vector_inputs];
        } reference, fast;
        Byte bytes[vector_inputs];
        for (Byte& byte : bytes) byte = static_cast<Byte>(random.between(0, 1) * small + random.between(0, 1) * large);
        Chosen<SplitSums, Scalar>::run(bytes, static_cast<Byte>(small), static_cast<Byte>(large), reference.of);
        Chosen<SplitSums, Native>::run(bytes, static_cast<Byte>(small), static_cast<Byte>(large), fast.of);
        CHECK(same_bytes(reference, fast));
        for (unsigned i = 0; i < vector_inputs; ++i) {
            CHECK(reference.of[i] < 4);
            CHECK(bytes[i] == small * (reference.of[i] & 1) + large * (reference.of[i] >> 1));
        }
    }
}

TEST_CASE("signs of real numbers in both directions, NaN and the threshold itself included") {
    Random random;
    for (int round = 0; round < 400; ++round) {
        constexpr Size most = 5 * panel_outputs;
        const Size count = static_cast<Size>(round % 6) * panel_outputs;
        float values[most];
        for (float& value : values) value = static_cast<float>(random.between(-3, 3)) / 4;
        values[round % static_cast<int>(most)] = std::numeric_limits<float>::quiet_NaN();
        const float threshold = static_cast<float>(random.between(-3, 3)) / 4;
        const bool downward = round % 2 != 0;
        Byte bytes[most + 1], fast[most + 1];
        for (Size i = 0; i <= most; ++i) bytes[i] = fast[i] = 99;
        Chosen<EncodeSigns, Scalar>::run(values, count, threshold, downward, bytes);
        Chosen<EncodeSigns, Native>::run(values, count, threshold, downward, fast);
        CHECK(same_bytes(bytes, fast));
        CHECK(bytes[count] == 99);
        for (Size i = 0; i < count; ++i) {
            const float value = std::isnan(values[i]) ? 0 : values[i];
            CHECK(bytes[i] == ((downward ? value <= threshold : value >= threshold) ? 2 : 0));
        }
    }
}
