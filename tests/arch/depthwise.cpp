// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <doctest/doctest.h>

using namespace aquatint;
using namespace tiles;

namespace {

/// Extreme weights and inputs, an odd number of taps and an even one, fewer channels than lanes; the last inputs end where memory ends.
template <Size Pixels>
void compare() {
    Random random;
    for (const Window& window :
         {Window{3, 50, 3, 16, 1}, {3, 160, 3, 48, 1}, {1, 0, 1, 0, 1}, {2, 70, 1, 0, 1}, {5, 300, 7, 19, 1}})
        for (const Size count : {Size(16), Size(5), Size(1)}) {
            const Size taps = window.rows * window.columns;
            std::vector<Int16> weights(round_up(taps, 2) * panel_outputs);
            for (Size tap = 0; tap < taps; ++tap)
                for (Size channel = 0; channel < count; ++channel)
                    weights[tap_place(tap, channel)] = static_cast<Int16>(random.extreme(-32768, 32767));
            Window reads = window;
            reads.run = panel_outputs;
            const Inputs<Byte> inputs(reads, Pixels, 1, [&] { return static_cast<Byte>(random.extreme(0, 255)); });
            Sums<Int32> reference([] { return 7; }), fast = reference;
            Chosen<DepthwiseTile<Pixels>, Scalar>::run(weights.data(), inputs.pixel, window, count, reference.of);
            Chosen<DepthwiseTile<Pixels>, Native>::run(weights.data(), inputs.pixel, window, count, fast.of);
            INFO("pixels " << Pixels << ", taps " << taps << ", channels " << count);
            CHECK(same_bytes(reference, fast));
            Size wrong = 0;
            for (Size channel = 0; channel < panel_outputs; ++channel) {
                Int32 sum = 0;
                for (Size row = 0; row < window.rows; ++row)
                    for (Size column = 0; column < window.columns; ++column)
                        sum += inputs.pixel[Pixels - 1][row * window.row_pitch + column * window.column_pitch + channel] *
                               weights[tap_place(row * window.columns + column, channel)];
                wrong += reference.of[Pixels - 1][channel] != sum;
            }
            CHECK(wrong == 0);
        }
}

}  // namespace

TEST_CASE("depthwise sums are exact, whatever the kernel and the number of channels") {
    compare<1>();
    compare<tile_pixels>();
}
