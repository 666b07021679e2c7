// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <doctest/doctest.h>

#include <cmath>

using namespace aquatint;
using namespace tiles;

namespace {

/// Numbers of very different size: another order of the sum shows.
float any_number(Random& random) { return std::ldexp(static_cast<float>(random.between(-65536, 65536)), random.between(-30, 8)); }

template <class Arch, Size Pixels>
Sums<float> chains(const std::vector<float>& panel, const float* const* pixels, const Window& window, Sums<float> sums) {
    Chosen<RealTile<Pixels>, Arch>::run(panel.data(), pixels, window, sums.of);
    return sums;
}

template <Size Pixels>
void compare() {
    Random random;
    const auto draw = [&] { return any_number(random); };
    for (const Window& window : windows) {
        const Inputs<float> inputs(window, Pixels, 1, draw);
        std::vector<float> panel(window.segments().inputs() * panel_outputs);
        for (float& weight : panel) weight = draw();
        const Sums<float> start(draw);
        const auto reference = chains<Scalar, Pixels>(panel, inputs.pixel, window, start);
        INFO("pixels " << Pixels << ", run " << window.run);
        CHECK(same_bytes(reference, chains<Native, Pixels>(panel, inputs.pixel, window, start)));

        float sum = start.of[Pixels - 1][9];
        const float* weight = panel.data() + 9;
        for (Size row = 0; row < window.rows; ++row)
            for (Size column = 0; column < window.columns; ++column) {
                const float* const run = inputs.pixel[Pixels - 1] + row * window.row_pitch + column * window.column_pitch;
                for (Size input = 0; input < window.run; ++input, weight += panel_outputs)
                    sum = std::fma(run[input], *weight, sum);
            }
        CHECK(sum == reference.of[Pixels - 1][9]);
    }
}

}  // namespace

TEST_CASE("each real output is one chain of fused multiply-adds in ascending order, bit for bit") {
    compare<1>();
    compare<2>();
    compare<3>();
    compare<4>();
    compare<real_tile_pixels>();
}
