// SPDX-License-Identifier: BSL-1.0
// Law 3, over the whole way from packed codes to output codes: every architecture gives what plain integers give.
#include "../arch/tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/policy/binary.hpp>
#include <aquatint/policy/log2.hpp>
#include <aquatint/policy/ternary.hpp>
#include <aquatint/policy/uniform.hpp>
#include <doctest/doctest.h>

using namespace aquatint;
using namespace tiles;

namespace {

using Weights = TypeList<Uniform<1>, Uniform<2>, Uniform<3>, Uniform<4>, Uniform<5>, Uniform<6>, Uniform<7>, Uniform<8>,
                         Uniform<4, Asymmetric>, Uniform<7, Asymmetric>, Binary, Ternary, Log2<3>, Log2<4>>;

constexpr Size outputs = 19, tile_rows = 3;

/// Zero points of -2 ... 3, fewer where digit - zero would leave a byte.
template <class Reader>
struct Zeros {
    static constexpr int lowest = most(-2, Terms<Reader>::highest_digit - 127);
    static constexpr int highest = least(3, Terms<Reader>::lowest_digit + 128);
    static constexpr int largest_difference = most(highest - Terms<Reader>::lowest_digit, Terms<Reader>::highest_digit - lowest);
};

/// A layer of `outputs` outputs on a window, three pixels at a time; codes of weights as drawn.
template <class Reader>
struct Problem {
    Window window;
    CellOrder order;
    std::vector<Byte> packed;
    Inputs<Byte> inputs;
    Int8 zeros[outputs];

    template <class DrawCode, class DrawInput>
    Problem(const Window& shape, DrawCode&& code, DrawInput&& input, Random& random)
        : window(shape), order{Reader::bits, outputs, shape.segments()}, packed(order.bytes()),
          inputs(shape, tile_rows, cell_inputs, input) {
        for (Size output = 0; output < outputs; ++output) {
            zeros[output] = static_cast<Int8>(random.between(Zeros<Reader>::lowest, Zeros<Reader>::highest));
            for (Size segment = 0; segment < order.inputs.segments; ++segment)
                for (Size i = 0; i < window.run; ++i) order.store(packed.data(), output, segment, i, code());
        }
    }

    Int32 plain_sum(Size pixel, Size output) const {
        Int32 sum = 0;
        for (Size segment = 0; segment < order.inputs.segments; ++segment) {
            const Size row = segment / window.columns, column = segment % window.columns;
            const Byte* const run = inputs.pixel[pixel] + row * window.row_pitch + column * window.column_pitch;
            for (Size i = 0; i < window.run; ++i)
                sum += run[i] * (Terms<Reader>::digit(order.load(packed.data(), output, segment, i), 0) - zeros[output]);
        }
        return sum;
    }
};

template <class Arch, unsigned Steps, class Reader>
void multiply(const Problem<Reader>& problem, Size panel, Int32 (*sums)[panel_outputs]) {
    const CellOrder& order = problem.order;
    const Size cells = order.inputs.cells();
    Int8 zeros[panel_outputs]{};
    for (Size lane = 0; lane < least(panel_outputs, outputs - panel * panel_outputs); ++lane)
        zeros[lane] = problem.zeros[panel * panel_outputs + lane];
    std::vector<Int8> digits(cells * panel_outputs * cell_inputs);
    Chosen<DecodeDigits<Reader, 0>, Arch>::run(problem.packed.data() + panel * order.panel_bytes(), order, zeros, digits.data());
    for (Size at = 0; at < digits.size(); ++at) {
        const Size cell = at / (panel_outputs * cell_inputs) % order.inputs.cells_per_segment();
        if (cell * cell_inputs + at % cell_inputs >= problem.window.run) digits[at] = 0;
    }
    if constexpr (Steps == 0) {
        std::vector<Int16> wide(digits.size());
        Chosen<WidenDigits, Arch>::run(digits.data(), cells, wide.data());
        Chosen<DotTile<0, tile_rows>, Arch>::run(wide.data(), problem.inputs.pixel, problem.window, sums);
    } else {
        Chosen<DotTile<Steps, tile_rows>, Arch>::run(digits.data(), problem.inputs.pixel, problem.window, sums);
    }
}

template <class Arch, unsigned LargestInput, class Reader>
void compare(const Problem<Reader>& problem) {
    constexpr int digit = Zeros<Reader>::largest_difference;
    constexpr unsigned steps = 32767 / (2 * LargestInput * static_cast<unsigned>(digit));
    float scale[panel_outputs];
    for (Size lane = 0; lane < panel_outputs; ++lane)
        scale[lane] = 0.37f / static_cast<float>(digit * static_cast<int>(lane + 1));
    const Rescale rescale{scale, nullptr, -128, 127, 128};

    for (Size panel = 0; panel < problem.order.panels(); ++panel) {
        Sums<Int32> sums([] { return 0; });
        multiply<Arch, steps>(problem, panel, sums.of);
        for (Size pixel = 0; pixel < tile_rows; ++pixel) {
            Byte codes[panel_outputs];
            Chosen<Requantize, Arch>::run(sums.of[pixel], rescale, codes);
            Size wrong_sums = 0, wrong_codes = 0;
            for (Size lane = 0; lane < least(panel_outputs, outputs - panel * panel_outputs); ++lane) {
                const Int32 sum = problem.plain_sum(pixel, panel * panel_outputs + lane);
                const float level = clamp(static_cast<float>(sum) * scale[lane], rescale.low, rescale.high);
                wrong_sums += sums.of[pixel][lane] != sum;
                wrong_codes += codes[lane] != round_even(level) + rescale.zero;
            }
            INFO(Arch::name << ", " << Reader::name << ", inputs to " << LargestInput << ", run " << problem.window.run);
            CHECK(wrong_sums == 0);
            CHECK(wrong_codes == 0);
        }
    }
}

template <unsigned LargestInput, class Reader>
void compare_architectures() {
    Random random;
    const auto check = [](const Problem<Reader>& problem) {
        compare<Scalar, LargestInput>(problem);
        compare<Native, LargestInput>(problem);
    };
    constexpr int last = static_cast<int>(Reader::codes) - 1;
    const auto any_code = [&] { return static_cast<unsigned>(random.extreme(0, last)); };
    const auto any_input = [&] { return static_cast<Byte>(random.extreme(0, LargestInput)); };
    const auto largest = [] { return static_cast<Byte>(LargestInput); };
    for (const Window& window : {Window{1, 0, 1, 0, 145}, {3, 50, 1, 0, 9}, {3, 90, 3, 25, 6}})
        check({window, any_code, any_input, random});
    for (unsigned code = 0; code < Reader::codes; code += most(1u, static_cast<unsigned>(Reader::codes) / 4))
        check({{3, 64, 1, 0, 62}, [=] { return code; }, largest, random});
}

template <class... Reader>
void compare_all(TypeList<Reader...>) {
    (compare_architectures<255, Reader>(), ...);
    (compare_architectures<15, Reader>(), ...);
}

}  // namespace

TEST_CASE("packed codes to output codes: every architecture gives what plain integers give") { compare_all(Weights{}); }
