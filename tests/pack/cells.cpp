// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/pack/cells.hpp>
#include <doctest/doctest.h>

#include <initializer_list>
#include <numeric>
#include <vector>

using namespace aquatint;

namespace {

constexpr Size output_counts[] = {1, 8, 15, 16, 17, 33};
constexpr Segments inputs[] = {{1, 1}, {1, 4}, {1, 7}, {3, 9}, {2, 12}, {1, 129}, {5, 2}};

template <class Action>
void for_each_order(Action action) {
    for (unsigned bits = 1; bits <= 8; ++bits)
        for (const Size outputs : output_counts)
            for (const Segments& segments : inputs) {
                INFO(bits << " bits, " << outputs << " outputs of " << segments.segments << " x " << segments.run);
                action(CellOrder{bits, outputs, segments});
            }
}
template <class Action>
void for_each_weight(const CellOrder& order, Action action) {
    for (Size output = 0; output < order.outputs; ++output)
        for (Size segment = 0; segment < order.inputs.segments; ++segment)
            for (Size input = 0; input < order.inputs.run; ++input) action(output, segment, input);
}
Size set_bits(const std::vector<Byte>& bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), Size(0), [](Size sum, Byte byte) {
        for (; byte != 0; byte = static_cast<Byte>(byte & (byte - 1))) ++sum;
        return sum;
    });
}

}  // namespace

TEST_CASE("no two bits of two weights share a place, and all lie inside the bytes") {
    for_each_order([](const CellOrder& order) {
        std::vector<Byte> taken(order.bytes());
        Size overlaps = 0, outside = 0;
        const FieldPlanes planes(order.bits);
        unsigned width_of_all = 0;
        for (unsigned plane = 0; plane < planes.count; ++plane) width_of_all += planes.width[plane];
        REQUIRE(width_of_all == order.bits);
        for_each_weight(order, [&](Size output, Size segment, Size input) {
            for (unsigned plane = 0; plane < planes.count; ++plane) {
                const FieldPlace place = order.place(plane, output, segment, input);
                const unsigned field = ((1u << planes.width[plane]) - 1) << place.shift;
                outside += place.byte >= order.bytes() || field > 255;
                if (outside != 0) return;
                overlaps += (taken[place.byte] & field) != 0;
                taken[place.byte] = static_cast<Byte>(taken[place.byte] | field);
            }
        });
        CHECK(outside == 0);
        CHECK(overlaps == 0);
        CHECK(set_bits(taken) == order.bits * order.outputs * order.inputs.inputs());
    });
}

TEST_CASE("what is stored is loaded, and nothing else changes") {
    support::Random random;
    for_each_order([&](const CellOrder& order) {
        std::vector<Byte> bytes(order.bytes(), Byte(0xff));
        std::vector<unsigned> codes;
        for_each_weight(order, [&](Size output, Size segment, Size input) {
            codes.push_back(random() & ((1u << order.bits) - 1));
            order.store(bytes.data(), output, segment, input, codes.back());
        });
        Size at = 0, wrong = 0, cleared = 0;
        for_each_weight(order, [&](Size output, Size segment, Size input) {
            for (unsigned bit = 0; bit < order.bits; ++bit) cleared += (codes[at] >> bit & 1u) == 0;
            wrong += order.load(bytes.data(), output, segment, input) != codes[at++];
        });
        CHECK(wrong == 0);
        CHECK(set_bits(bytes) == 8 * bytes.size() - cleared);
    });
}

TEST_CASE("byte counts: cells of four inputs, panels of sixteen outputs, a vector of 32 bytes per 8/width byte vectors") {
    for_each_order([](const CellOrder& order) {
        const Size cells = order.inputs.segments * ((order.inputs.run + 3) / 4);
        Size vectors = 0;
        for (const unsigned width : {4u, 2u, 1u})
            if ((order.bits & width) != 0) vectors += (2 * cells * width + 7) / 8;
        if (order.bits == 8) vectors = 2 * cells;
        CHECK(order.bytes() == (order.outputs + 15) / 16 * vectors * 32);
    });
}

TEST_CASE("the order is fixed for ever: files depend on it") {
    const CellOrder order{3, 17, {1, 10}};   // planes of two bits and of one
    std::vector<Byte> bytes(order.bytes());
    unsigned code = 0;
    for_each_weight(order, [&](Size output, Size, Size input) { order.store(bytes.data(), output, 0, input, code++ % 7); });
    UInt32 hash = 2166136261u;   // FNV-1a
    for (const Byte byte : bytes) hash = (hash ^ byte) * 16777619u;
    CHECK(bytes.size() == 2 * (2 + 1) * 32);
    CHECK(hash == 1834086429u);

    const CellOrder nibbles{4, 9, {1, 5}};   // output 8 is in the second byte vector, input 4 in the second cell
    Byte few[128]{};
    nibbles.store(few, 0, 0, 1, 0xa);
    nibbles.store(few, 8, 0, 1, 0xb);
    nibbles.store(few, 8, 0, 4, 0xc);
    CHECK(few[1] == 0xba);
    CHECK(few[32] == 0xc0);
}
