// SPDX-License-Identifier: BSL-1.0
// What the tests of the routines share: random numbers, windows of every kind, and inputs in memory without slack.
#pragma once

#include <aquatint/arch/operations.hpp>
#include <aquatint/base/indices.hpp>

#include <cstring>
#include <vector>

namespace tiles {

using namespace aquatint;

struct Random {
    UInt64 state = 0x9e3779b97f4a7c15;

    UInt32 operator()() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<UInt32>(state >> 32);
    }
    int between(int low, int high) { return low + static_cast<int>((*this)() % static_cast<UInt32>(high - low + 1)); }
    /// Mostly the ends: random numbers in the middle miss saturation.
    int extreme(int low, int high) { return (*this)() % 4 == 0 ? between(low, high) : (*this)() % 2 == 0 ? low : high; }
};

/// Dense rows, convolutions, dilated columns; runs that are no multiple of four, of eight, of any number of steps.
inline const Window windows[] = {
    {1, 0, 1, 0, 1},    {1, 0, 1, 0, 4},    {1, 0, 1, 0, 31},  {1, 0, 1, 0, 64},   {1, 0, 1, 0, 577},
    {3, 50, 1, 0, 48},  {3, 131, 1, 0, 12}, {3, 70, 3, 23, 5}, {5, 90, 2, 40, 33}, {2, 600, 1, 0, 295},
};

/// Elements between a pixel's first input and the end of what may be read: runs are read in whole cells of `unit`.
inline Size reach(const Window& window, Size unit) {
    return (window.rows - 1) * window.row_pitch + (window.columns - 1) * window.column_pitch + round_up(window.run, unit);
}

/// As many rows of sums as the largest tile of any processor has.
inline constexpr Size most_rows = 12;

/// The inputs of `pixels` neighbours, exactly as long as may be read, at an odd address.
template <class Number>
struct Inputs {
    std::vector<Number> memory;
    const Number* pixel[most_rows]{};

    template <class Draw>
    Inputs(const Window& window, Size pixels, Size unit, Draw&& draw) {
        const Size apart = 7;
        memory.resize(1 + (pixels - 1) * apart + reach(window, unit));
        for (Number& number : memory) number = draw();
        for (Size p = 0; p < pixels; ++p) pixel[p] = memory.data() + 1 + (pixels - 1 - p) * apart;
    }
};

/// A panel of digits in cell order, padding inputs zero.
template <class Draw>
std::vector<Int8> digits_of(const Window& window, Draw&& draw) {
    const Segments segments = window.segments();
    std::vector<Int8> digits(segments.cells() * panel_outputs * cell_inputs);
    for (Size cell = 0; cell < segments.cells(); ++cell)
        for (Size output = 0; output < panel_outputs; ++output)
            for (Size input = 0; input < cell_inputs; ++input)
                if (cell % segments.cells_per_segment() * cell_inputs + input < window.run)
                    digits[(cell * panel_outputs + output) * cell_inputs + input] = static_cast<Int8>(draw());
    return digits;
}

/// Sixteen numbers a pixel.
template <class Number>
struct Sums {
    Number of[most_rows][panel_outputs];

    template <class Draw>
    explicit Sums(Draw&& draw) {
        for (auto& pixel : of)
            for (Number& number : pixel) number = draw();
    }
};

template <class Number>
bool same_bytes(const Number& a, const Number& b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
}

}  // namespace tiles
