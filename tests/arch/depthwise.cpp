// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <doctest/doctest.h>

using namespace aquatint;
using namespace tiles;

namespace {

constexpr Size most_pixels = 20;

/// Extreme weights and inputs, rows of whole tiles, of less than one and of more, fewer channels than
/// lanes; the last inputs end where memory ends.
template <KernelShape Shape>
void compare(Window window, Size step) {
    Random random;
    for (const Size count : {Size(16), Size(9), Size(8), Size(1)})
        for (const Size pixels : {Size(1), Size(3), Size(4), Size(7), Size(8), most_pixels}) {
            std::vector<Int16> weights(tap_place(round_up(window.rows, 2), 0, window.columns, 0));
            for (Size row = 0; row < window.rows; ++row)
                for (Size column = 0; column < window.columns; ++column)
                    for (Size channel = 0; channel < count; ++channel)
                        weights[tap_place(row, column, window.columns, channel)] =
                            static_cast<Int16>(random.extreme(-32768, 32767));
            window.run = panel_outputs;
            std::vector<Byte> memory(1 + (pixels - 1) * step + reach(window, 1));   // at an odd address
            for (Byte& input : memory) input = static_cast<Byte>(random.extreme(0, 255));
            const Byte* const first = memory.data() + 1;
            Tile<Int32, most_pixels> reference, fast;
            for (auto* const sums : {&reference, &fast}) std::memset(sums, 7, sizeof *sums);
            Chosen<DepthwiseRow<Shape>, Scalar>::run(weights.data(), first, pixels, step, window, count, reference.value);
            Chosen<DepthwiseRow<Shape>, Native>::run(weights.data(), first, pixels, step, window, count, fast.value);
            INFO("kernel " << window.rows << " x " << window.columns << ", step " << step << ", pixels " << pixels
                           << ", channels " << count);
            CHECK(same_bytes(reference, fast));   // and nothing is written past the row
            Size wrong = 0;
            for (Size channel = 0; channel < panel_outputs; ++channel) {
                Int32 sum = 0;
                const Byte* const inputs = first + (pixels - 1) * step + channel;
                for (Size row = 0; row < window.rows; ++row)
                    for (Size column = 0; column < window.columns; ++column)
                        sum += inputs[row * window.row_pitch + column * window.column_pitch] *
                               weights[tap_place(row, column, window.columns, channel)];
                wrong += reference.value[pixels - 1][channel] != sum;
            }
            CHECK(wrong == 0);
        }
}

/// A kernel by its shape, and as any.
template <Size Rows, Size Columns, Size Stride>
void compare_shape() {
    constexpr Size channels = 19;
    const Window window{Rows, 31 * channels, Columns, channels, 1};
    compare<KernelShape{Rows, Columns, Stride}>(window, Stride * channels);
    compare<KernelShape{}>(window, Stride * channels);
}

}  // namespace

TEST_CASE("depthwise sums are exact, whatever the kernel and the number of channels") {
    compare_shape<3, 3, 1>();
    compare_shape<3, 3, 2>();
    compare_shape<5, 2, 1>();
    compare_shape<2, 1, 2>();
    compare<KernelShape{}>({3, 400, 3, 38, 1}, 19);   // dilated
}
