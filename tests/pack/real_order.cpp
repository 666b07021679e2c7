// SPDX-License-Identifier: BSL-1.0
#include <aquatint/pack/real_order.hpp>
#include <doctest/doctest.h>

#include <initializer_list>
#include <vector>

using namespace aquatint;

TEST_CASE("every weight has a place of its own, sixteen outputs of an input are adjacent") {
    for (const Size outputs : {1u, 15u, 16u, 17u, 40u})
        for (const Size inputs : {1u, 3u, 64u}) {
            const RealOrder order{outputs, inputs};
            CHECK(order.floats() == (outputs + 15) / 16 * 16 * inputs);
            std::vector<bool> taken(order.floats());
            Size wrong = 0;
            for (Size output = 0; output < outputs; ++output)
                for (Size input = 0; input < inputs; ++input) {
                    const Size place = order.place(output, input);
                    REQUIRE(place < order.floats());
                    wrong += taken[place];
                    wrong += place % 16 != output % 16;
                    wrong += place / 16 % inputs != input;
                    taken[place] = true;
                }
            CHECK(wrong == 0);
        }
}
