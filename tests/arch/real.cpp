// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/policy/policies.hpp>
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

template <class Arch, Size Inputs>
Sums<float> outer_chains(const std::vector<float>& inputs, const std::vector<float>& gradients, const PixelGrid& grid,
                         Sums<float> sums) {
    Chosen<OuterTile<Inputs>, Arch>::run(inputs.data(), gradients.data(), grid, sums.of);
    return sums;
}

template <Size Inputs>
void compare_outer() {
    Random random;
    const auto draw = [&] { return any_number(random); };
    for (const PixelGrid& grid :
         {PixelGrid{}, {1, 7, 0, Inputs, 0, panel_outputs}, {3, 4, 61, 11, 90, 17}, {5, 1, 8, 3, 16, 5}}) {
        const auto numbers = [&](Size row_pitch, Size pitch, Size last) {
            std::vector<float> all((grid.rows - 1) * row_pitch + (grid.columns - 1) * pitch + last);
            for (float& number : all) number = draw();
            return all;
        };
        const auto inputs = numbers(grid.input_row_pitch, grid.input_pitch, Inputs);
        const auto gradients = numbers(grid.gradient_row_pitch, grid.gradient_pitch, panel_outputs);
        const Sums<float> start(draw);
        const auto reference = outer_chains<Scalar, Inputs>(inputs, gradients, grid, start);
        INFO("inputs " << Inputs << ", " << grid.rows << " by " << grid.columns);
        CHECK(same_bytes(reference, outer_chains<Native, Inputs>(inputs, gradients, grid, start)));

        float sum = start.of[Inputs - 1][9];
        for (Size row = 0; row < grid.rows; ++row)
            for (Size column = 0; column < grid.columns; ++column)
                sum = std::fma(inputs[row * grid.input_row_pitch + column * grid.input_pitch + Inputs - 1],
                               gradients[row * grid.gradient_row_pitch + column * grid.gradient_pitch + 9], sum);
        CHECK(sum == reference.of[Inputs - 1][9]);
    }
}

template <class Arch, Size Panels>
Sums<float> row_of_numbers(const std::vector<float> (&numbers)[Panels], const std::vector<float>& inputs,
                           Sums<float> sums) {
    const float* panels[Panels];
    for (Size panel = 0; panel < Panels; ++panel) panels[panel] = numbers[panel].data();
    Chosen<RealRow, Arch>::template run<Panels>(panels, inputs.data(), inputs.size(), sums.of);
    return sums;
}
template <Size Panels>
void compare_rows_of_numbers() {
    Random random;
    for (const Size count : {Size(1), Size(2), Size(31), Size(200)}) {
        std::vector<float> numbers[Panels], inputs(count);
        for (auto& panel : numbers)
            for (Size i = 0; i < count * panel_outputs; ++i) panel.push_back(any_number(random));
        for (float& input : inputs) input = any_number(random);
        const Sums<float> start([&] { return any_number(random); });
        const auto reference = row_of_numbers<Scalar, Panels>(numbers, inputs, start);
        INFO("panels " << Panels << ", inputs " << count);
        CHECK(same_bytes(reference, row_of_numbers<Native, Panels>(numbers, inputs, start)));

        float sum = start.of[Panels - 1][9];
        for (Size input = 0; input < count; ++input)
            sum = std::fma(inputs[input], numbers[Panels - 1][input * panel_outputs + 9], sum);
        CHECK(sum == reference.of[Panels - 1][9]);
    }
}

template <class Arch, Integral Reader, Size Panels>
Sums<float> row_of_codes(const std::vector<Byte>& codes, Size panel_bytes, const RowLevels<Panels>& levels,
                         const std::vector<float>& inputs, Sums<float> sums) {
    const Byte* panels[Panels];
    for (Size panel = 0; panel < Panels; ++panel) panels[panel] = codes.data() + panel * panel_bytes;
    Chosen<CodedRow<Reader>, Arch>::template run<Panels>(panels, levels, inputs.data(), inputs.size() / cell_inputs, sums.of);
    return sums;
}
/// Memory ends where the last cell does.
template <class Reader, Size Panels>
void compare_rows_of_codes() {
    static_assert(register_digits<Reader>);
    Random random;
    for (const Size cells : {Size(1), Size(2), Size(3), Size(4), Size(5), Size(8), Size(33)}) {
        const CellOrder order{Reader::bits, Panels * panel_outputs, {1, cells * cell_inputs}};
        std::vector<Byte> codes(order.bytes());
        std::vector<float> inputs(cells * cell_inputs);
        for (float& input : inputs) input = any_number(random);
        for (Size output = 0; output < order.outputs; ++output)
            for (Size input = 0; input < inputs.size(); ++input)
                order.store(codes.data(), output, 0, input, static_cast<unsigned>(random() % Reader::codes));
        RowLevels<Panels> levels;
        for (Size panel = 0; panel < Panels; ++panel)
            for (Size output = 0; output < panel_outputs; ++output) {
                levels.scales[panel][output] = any_number(random);
                levels.zeros[panel][output] = random.between(0, 15);
            }
        const Sums<float> start([&] { return any_number(random); });
        const auto reference = row_of_codes<Scalar, Reader, Panels>(codes, order.panel_bytes(), levels, inputs, start);
        INFO(Reader::name << ", panels " << Panels << ", cells " << cells);
        CHECK(same_bytes(reference, row_of_codes<Native, Reader, Panels>(codes, order.panel_bytes(), levels, inputs, start)));

        float sum = start.of[Panels - 1][9];
        for (Size input = 0; input < inputs.size(); ++input) {
            int digit = Terms<Reader>::digit(order.load(codes.data(), order.outputs - 7, 0, input), 0);
            if (Terms<Reader>::has_zero) digit -= levels.zeros[Panels - 1][9];
            sum = std::fma(inputs[input], static_cast<float>(digit) * levels.scales[Panels - 1][9], sum);
        }
        CHECK(sum == reference.of[Panels - 1][9]);
    }
}

}  // namespace

TEST_CASE("each real output is one chain of fused multiply-adds in ascending order, bit for bit") {
    compare<1>();
    compare<2>();
    compare<3>();
    compare<4>();
    compare<6>();
    compare<real_tile_pixels<Native>>();
}

TEST_CASE("a row against neighbouring panels gives the same chains, of numbers and of codes") {
    compare_rows_of_numbers<1>();
    compare_rows_of_numbers<2>();
    compare_rows_of_numbers<4>();
    compare_rows_of_codes<Uniform<8>, 4>();
    compare_rows_of_codes<Uniform<4>, 1>();
    compare_rows_of_codes<Uniform<4>, 4>();
    compare_rows_of_codes<Uniform<4, Asymmetric>, 4>();
    compare_rows_of_codes<Log2<4>, 2>();
    compare_rows_of_codes<Uniform<2>, 4>();
    compare_rows_of_codes<Ternary, 4>();
    compare_rows_of_codes<Binary, 4>();
    static_assert(!register_digits<Uniform<3>> && !register_digits<LearnedBasis<2>>);
}

TEST_CASE("gradients of weights are chains over the pixels, row by row, bit for bit") {
    compare_outer<1>();
    compare_outer<4>();
    compare_outer<6>();
    compare_outer<real_tile_pixels<Native>>();
}
