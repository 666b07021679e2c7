// SPDX-License-Identifier: BSL-1.0
#include <aquatint/kernel/epilogue.hpp>
#include <doctest/doctest.h>

#include <initializer_list>

using namespace aquatint;

TEST_CASE("whatever the bounds of an activation, codes stay among those that there are") {
    CodesOutput out;   // levels from -0.75 to 0
    out.scale = 0.25f;
    out.zero = 3;
    out.highest = 3;
    float units[panel_outputs], scales[panel_outputs], negative_scales[panel_outputs];
    for (float& unit : units) unit = 0.5f;
    struct Bounds {
        float low, high;
    };
    for (const Bounds& bounds : {Bounds{-3, -1}, {2, 5}, {-100, 100}, {-0.5f, -0.25f}, {0, 3.4e38f}}) {
        Pointwise function;
        function.low = bounds.low;
        function.high = bounds.high;
        const Rescale rescale = rescale_of(out, function, {}, units, panel_outputs, scales, negative_scales);
        CHECK(rescale.low >= -3);
        CHECK(rescale.low <= rescale.high);
        CHECK(rescale.high <= 0);
        CHECK(scales[0] == 2);
    }
}
