// SPDX-License-Identifier: BSL-1.0
#include <aquatint/pack/nibbles.hpp>
#include <doctest/doctest.h>

#include <vector>

using namespace aquatint;

TEST_CASE("every weight has a bit of its own in the lower half of a byte, and whole groups leave none of those unused") {
    for (const Segments inputs : {Segments{1, 16}, {3, 48}, {9, 16}, {2, 20}, {1, 3}, {3, 12}, {2, 6}})
        for (const Size panels : {Size(1), Size(2), Size(4)})
            for (const unsigned planes : {1u, 2u}) {
                const NibbleOrder order{planes, panels, inputs};
                std::vector<unsigned> seen(order.bytes() * 4);
                for (unsigned plane = 0; plane < planes; ++plane)
                    for (Size output = 0; output < panels * panel_outputs; ++output)
                        for (Size segment = 0; segment < inputs.segments; ++segment)
                            for (Size input = 0; input < inputs.run; ++input) {
                                const FieldPlace field = order.place(plane, output, segment, input);
                                REQUIRE(field.byte < order.bytes());
                                REQUIRE(field.shift < 4);
                                ++seen[field.byte * 4 + field.shift];
                            }
                Size used = 0, shared = 0;
                for (const unsigned count : seen) {
                    used += count;
                    shared += count > 1;
                }
                CHECK(shared == 0);
                CHECK(used == planes * panels * panel_outputs * inputs.inputs());
                CHECK((used == seen.size()) == (inputs.run % group_inputs == 0));
            }
}

TEST_CASE("weights of known places") {
    constexpr NibbleOrder order{2, 2, {2, 32}};
    static_assert(order.group_bytes() == 64);
    static_assert(order.place(0, 0, 0, 0).byte == 0 && order.place(0, 0, 0, 3).shift == 3);
    static_assert(order.place(0, 5, 0, 4).byte == 64 + 5);
    static_assert(order.place(1, 21, 0, 9).byte == 2 * 64 + 32 + 21 && order.place(1, 21, 0, 9).shift == 1);
    static_assert(order.place(0, 21, 1, 0).byte == 8 * 64 + 21);
}

TEST_CASE("the places of tables are their bytes, low byte first") {
    Byte place[place_bytes];
    for (Size table = 0; table < 256; ++table) {
        store_place(table * table_bytes, place);
        CHECK(place[0] + 256u * place[1] == table * 16);
        CHECK(load_place(place) == table * 16);
    }
    static_assert(bytes_of_places(64) == 32);
}
