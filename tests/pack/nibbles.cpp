// SPDX-License-Identifier: BSL-1.0
#include <aquatint/pack/nibbles.hpp>
#include <doctest/doctest.h>

#include <bit>
#include <vector>

using namespace aquatint;

TEST_CASE("every weight has a bit of its own, and where the inputs fill vectors no bit is unused") {
    for (const Segments inputs : {Segments{1, 16}, {3, 48}, {9, 16}, {2, 20}, {1, 3}, {3, 12}})
        for (const Size outputs : {Size(16), Size(1), Size(19), Size(64)})
            for (const unsigned bits : {1u, 2u}) {
                const NibbleOrder order{bits, outputs, inputs};
                std::vector<unsigned> seen(order.bytes() * 8);
                for (unsigned plane = 0; plane < bits; ++plane)
                    for (Size output = 0; output < outputs; ++output)
                        for (Size segment = 0; segment < inputs.segments; ++segment)
                            for (Size input = 0; input < inputs.run; ++input) {
                                const FieldPlace field = order.place(plane, output, segment, input);
                                REQUIRE(field.byte < order.bytes());
                                ++seen[field.byte * 8 + field.shift];
                            }
                Size used = 0, shared = 0;
                for (const unsigned count : seen) {
                    used += count;
                    shared += count > 1;
                }
                CHECK(shared == 0);
                CHECK(used == bits * outputs * inputs.inputs());
                CHECK((used == seen.size()) == (outputs % 16 == 0 && inputs.run % 16 == 0));
            }
}

TEST_CASE("what is stored is loaded, and nothing else is touched") {
    const NibbleOrder order{2, 19, {3, 12}};
    std::vector<Byte> bytes(order.bytes(), Byte(0xff));
    for (Size output = 0; output < order.outputs; ++output)
        for (Size segment = 0; segment < order.inputs.segments; ++segment)
            for (Size input = 0; input < order.inputs.run; ++input)
                order.store(bytes.data(), output, segment, input, static_cast<unsigned>((output * 5 + segment * 3 + input) % 4));
    for (Size output = 0; output < order.outputs; ++output)
        for (Size segment = 0; segment < order.inputs.segments; ++segment)
            for (Size input = 0; input < order.inputs.run; ++input)
                CHECK(order.load(bytes.data(), output, segment, input) == (output * 5 + segment * 3 + input) % 4);
    CHECK(bytes[order.panel_bytes() + 15] == 0xff);   // outputs 19 ... 31 of the second panel are nobody's
}

TEST_CASE("weights of known places") {
    constexpr NibbleOrder order{1, 32, {2, 32}};
    static_assert(order.place(0, 0, 0, 0).byte == 0 && order.place(0, 0, 0, 3).shift == 3);
    static_assert(order.place(0, 5, 0, 4).byte == 16 + 5);
    static_assert(order.place(0, 5, 0, 9).byte == 5 && order.place(0, 5, 0, 9).shift == 5);
    static_assert(order.place(0, 5, 0, 16).byte == 32 + 5);
    static_assert(order.place(0, 21, 1, 0).byte == 4 * 32 + 2 * 32 + 5);
}

TEST_CASE("a bipolar table counts the inputs that differ from the weights") {
    for (unsigned inputs = 0; inputs < 16; ++inputs)
        for (unsigned weights = 0; weights < 16; ++weights) CHECK(bipolar_entry(inputs, weights) == std::popcount(inputs ^ weights));
}
