// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <xsimd/xsimd.hpp>

using namespace aquatint;
using namespace tiles;

namespace {

/// The largest input and digit for which so many products fit 16 bits.
struct Bound {
    unsigned steps;
    int input, low, high;
};
constexpr Bound bounds[] = {{0, 255, -128, 127}, {1, 127, -128, 127}, {1, 255, -64, 64}, {2, 127, -64, 64}, {3, 255, -21, 21},
                            {4, 255, -16, 16},   {5, 255, -12, 12},   {8, 255, -8, 8},   {9, 255, -7, 7},   {16, 255, -4, 4},
                            {32, 255, -2, 2},    {64, 255, -1, 1},    {136, 15, -8, 8},  {1365, 3, -4, 4},  {5461, 3, -1, 1}};

constexpr bool at_the_limit(Bound b) {
    const unsigned pair = 2 * static_cast<unsigned>(b.input * most(-b.low, b.high));
    return b.steps * pair <= 32767 && (b.steps + 1) * pair > 32767;
}

template <class Arch, unsigned Steps, Size Pixels>
Sums<Int32> sums_of(const std::vector<Int8>& digits, const Byte* const* pixels, const Window& window) {
    Sums<Int32> sums([] { return -1; });
    if constexpr (Steps == 0) {
        std::vector<Int16> wide(digits.size());
        Chosen<WidenDigits, Arch>::run(digits.data(), digits.size() / (panel_outputs * cell_inputs), wide.data());
        Chosen<DotTile<0, Pixels>, Arch>::run(wide.data(), pixels, window, sums.of);
    } else {
        Chosen<DotTile<Steps, Pixels>, Arch>::run(digits.data(), pixels, window, sums.of);
    }
    return sums;
}

/// The definition, over unpacked numbers, in 64 bits.
Int64 plain_sum(const std::vector<Int8>& digits, const Byte* pixel, const Window& window, Size output) {
    Int64 sum = 0;
    for (Size segment = 0; segment < window.segments().segments; ++segment)
        for (Size input = 0; input < window.run; ++input) {
            const Size cell = segment * window.segments().cells_per_segment() + input / cell_inputs;
            const Size row = segment / window.columns, column = segment % window.columns;
            sum += pixel[row * window.row_pitch + column * window.column_pitch + input] *
                   Int64(digits[(cell * panel_outputs + output) * cell_inputs + input % cell_inputs]);
        }
    return sum;
}

template <unsigned Steps, Size Pixels, class Input, class Digit>
void compare(const Window& window, Input&& input, Digit&& digit) {
    const Inputs<Byte> inputs(window, Pixels, cell_inputs, [&] { return static_cast<Byte>(input()); });
    const std::vector<Int8> digits = digits_of(window, digit);
    const auto reference = sums_of<Scalar, Steps, Pixels>(digits, inputs.pixel, window);
    const auto fast = sums_of<Native, Steps, Pixels>(digits, inputs.pixel, window);
    INFO("steps " << Steps << ", pixels " << Pixels << ", run " << window.run);
    CHECK(same_bytes(reference, fast));
    for (Size pixel = 0; pixel < Pixels; ++pixel)
        CHECK(reference.of[pixel][5] == plain_sum(digits, inputs.pixel[pixel], window, 5));
}

template <Bound B, Size Pixels>
void compare_all(Random& random) {
    for (const Window& window : windows) {
        const auto largest = [] { return B.input; };
        const auto any_input = [&] { return random.between(0, B.input); };
        const auto extreme_input = [&] { return random.extreme(0, B.input); };
        compare<B.steps, Pixels>(window, any_input, [&] { return random.between(B.low, B.high); });
        compare<B.steps, Pixels>(window, extreme_input, [&] { return random.extreme(B.low, B.high); });
        compare<B.steps, Pixels>(window, largest, [] { return B.low; });
        compare<B.steps, Pixels>(window, largest, [] { return B.high; });
    }
}

/// Inputs that are zero, for the first pixel where runs begin, for the last one where they end, may be left out.
template <Bound B, Size Pixels>
void leave_out_zeros(Random& random) {
    for (Window window : {Window{1, 0, 1, 0, 64}, {3, 50, 1, 0, 48}, {3, 131, 1, 0, 12}, {2, 600, 1, 0, 296}}) {
        Inputs<Byte> inputs(window, Pixels, cell_inputs, [&] { return static_cast<Byte>(random.extreme(0, B.input)); });
        const std::vector<Int8> digits = digits_of(window, [&] { return random.extreme(B.low, B.high); });
        const Size first = cell_inputs * static_cast<Size>(random.between(0, 1)), last = window.run - first - cell_inputs;
        const auto clear = [&](const Byte* run, Size count) {
            std::fill_n(inputs.memory.begin() + (run - inputs.memory.data()), count, Byte(0));
        };
        for (Size row = 0; row < window.rows; ++row) {
            clear(inputs.pixel[0] + row * window.row_pitch, first);
            clear(inputs.pixel[Pixels - 1] + row * window.row_pitch + window.run - last, last);
        }
        const auto all = sums_of<Scalar, B.steps, Pixels>(digits, inputs.pixel, window);
        window.first_outside = first;
        for (const Size outside : {Size(0), last}) {
            window.last_outside = outside;
            INFO("steps " << B.steps << ", pixels " << Pixels << ", run " << window.run << ", " << first << " and " << outside);
            CHECK(same_bytes(all, sums_of<Native, B.steps, Pixels>(digits, inputs.pixel, window)));
        }
    }
}

template <Size... Index>
void compare_bounds(Indices<Index...>) {
    Random random;
    static_assert((at_the_limit(bounds[Index]) && ...));
    (compare_all<bounds[Index], 1>(random), ...);
    (compare_all<bounds[Index], tile_pixels>(random), ...);
    (leave_out_zeros<bounds[Index], 1>(random), ...);
    (leave_out_zeros<bounds[Index], 2>(random), ...);
    (leave_out_zeros<bounds[Index], tile_pixels>(random), ...);
    (leave_out_zeros<bounds[Index], dot_tile_pixels<Native>>(random), ...);
    if constexpr (dot_tile_pixels<Native> != tile_pixels) (compare_all<bounds[Index], dot_tile_pixels<Native>>(random), ...);
}

}  // namespace

TEST_CASE("sums of inputs times digits are those of the scalar reference at every bound, extremes included, zeros left out") {
    compare_bounds(IndicesBelow<sizeof bounds / sizeof bounds[0]>{});
}

TEST_CASE("tiles of two and three pixels") {
    Random random;
    compare_all<bounds[0], 2>(random);
    compare_all<bounds[1], 3>(random);
    compare_all<bounds[4], 3>(random);
    compare_all<bounds[7], 2>(random);
}

TEST_CASE("a processor that takes any bytes does so whatever fits 16 bits") {
    if constexpr (takes_any_bytes<Native>) {
        Random random;
        compare_all<Bound{1, 255, -128, 127}, 1>(random);
        compare_all<Bound{1, 255, -128, 127}, 3>(random);
        compare_all<Bound{1, 255, -128, 127}, 4>(random);
        compare_all<Bound{1, 255, -128, 127}, dot_tile_pixels<Native>>(random);
    }
}

TEST_CASE("sums of pixels, whatever their channels; not a byte past the last is read") {
    Random random;
    for (const Size channels : {Size(1), Size(3), Size(16), Size(17), Size(32), Size(48), Size(100), Size(256)})
        for (const Size count : {Size(0), Size(1), Size(7), Size(8), Size(9), Size(21)}) {
            const Int32 less = random.between(-1000, 1000);
            std::vector<Byte> pixels(channels * count);
            for (Byte& byte : pixels) byte = static_cast<Byte>(random.extreme(0, 255));
            std::vector<Int32> reference(count + 1, 99), fast(reference);
            Chosen<PixelSums, Scalar>::run(pixels.data(), count, channels, less, reference.data());
            Chosen<PixelSums, Native>::run(pixels.data(), count, channels, less, fast.data());
            CHECK(reference == fast);
            CHECK(reference.back() == 99);
            for (Size pixel = 0; pixel < count; ++pixel) {
                Int32 sum = -less;
                for (Size channel = 0; channel < channels; ++channel) sum += pixels[pixel * channels + channel];
                CHECK(reference[pixel] == sum);
            }
        }
}

TEST_CASE("a second opinion: xsimd multiplies and adds the same window in 32 bits") {
    using Lanes = xsimd::batch<Int32>;
    Random random;
    const Window window{1, 0, 1, 0, 512};
    const Inputs<Byte> inputs(window, 4, cell_inputs, [&] { return static_cast<Byte>(random.extreme(0, 255)); });
    const std::vector<Int8> digits = digits_of(window, [&] { return random.extreme(-128, 127); });
    const auto sums = sums_of<Native, 0, 4>(digits, inputs.pixel, window);
    for (Size pixel = 0; pixel < 4; ++pixel)
        for (Size output = 0; output < panel_outputs; ++output) {
            std::vector<Int32> row(window.run);
            for (Size input = 0; input < window.run; ++input)
                row[input] = digits[(input / cell_inputs * panel_outputs + output) * cell_inputs + input % cell_inputs];
            Lanes sum(0);
            for (Size input = 0; input < window.run; input += Lanes::size)
                sum += Lanes::load_unaligned(inputs.pixel[pixel] + input) * Lanes::load_unaligned(row.data() + input);
            Int32 total = 0;
            for (Size lane = 0; lane < Lanes::size; ++lane) total += sum.get(lane);
            CHECK(total == sums.of[pixel][output]);
        }
}

TEST_CASE("the scalar reference runs in the constant evaluator") {
    static_assert([] {
        const Byte inputs[] = {255, 3, 0, 7, 255, 99, 99, 99};   // the run has five; what follows is not multiplied
        const Byte* const pixels[] = {inputs};
        Int8 digits[2 * panel_outputs * cell_inputs]{};
        Int16 wide[2 * panel_outputs * cell_inputs]{};
        for (Size input = 0; input < 4; ++input) digits[3 * cell_inputs + input] = -128;
        digits[(panel_outputs + 3) * cell_inputs] = 127;
        Int32 sums[1][panel_outputs]{};
        Int32 wide_sums[1][panel_outputs]{};
        const Window window{1, 0, 1, 0, 5};
        Chosen<DotTile<1, 1>, Scalar>::run(digits, pixels, window, sums);
        Chosen<WidenDigits, Scalar>::run(digits, 2, wide);
        Chosen<DotTile<0, 1>, Scalar>::run(wide, pixels, window, wide_sums);
        return sums[0][3] == -128 * 265 + 127 * 255 && sums[0][2] == 0 && wide_sums[0][3] == sums[0][3];
    }());
}

namespace {

template <unsigned Codes>
void compare_below() {
    for (const Size count : {Size(0), Size(1), Size(31), Size(32), Size(33), Size(100), Size(300)}) {
        std::vector<Byte> bytes(count + 1, Codes - 1);
        bytes[count] = 255;   // not asked about
        const auto agree = [&](bool below) {
            CHECK(Chosen<BytesBelow<Codes>, Native>::run(bytes.data(), count) == below);
            CHECK(Chosen<BytesBelow<Codes>, Scalar>::run(bytes.data(), count) == below);
        };
        agree(true);
        for (Size at = 0; at < count; ++at)
            for (const unsigned other : {Codes, 255u}) {
                bytes[at] = static_cast<Byte>(other);
                agree(false);
                bytes[at] = Codes - 1;
            }

        for (Size i = 0; i < count; ++i) bytes[i] = static_cast<Byte>(31 * i);
        std::vector<Byte> copied(count + 1, 255), expected = copied;
        for (Size i = 0; i < count; ++i) expected[i] = static_cast<Byte>(std::min(unsigned{bytes[i]}, Codes - 1));
        Chosen<CopyBelow<Codes>, Native>::run(bytes.data(), count, copied.data());
        CHECK(copied == expected);
        Chosen<CopyBelow<Codes>, Scalar>::run(bytes.data(), count, copied.data());
        CHECK(copied == expected);
    }
}

}  // namespace

TEST_CASE("a byte past the codes is found wherever it lies, and copied as the largest code") {
    compare_below<2>();
    compare_below<7>();
    compare_below<128>();
    compare_below<129>();
}

namespace {

template <class Reader>
constexpr unsigned lowest_code = [] {
    unsigned lowest = 0;
    for (unsigned code = 0; code < Reader::codes; ++code)
        if (Terms<Reader>::digit(code, 0) < Terms<Reader>::digit(lowest, 0)) lowest = code;
    return lowest;
}();

template <class Arch, Integral Reader, int Largest, Size Panels>
Sums<Int32> row_sums(const std::vector<Byte>& codes, Size panel_bytes, const std::vector<Byte>& inputs) {
    Sums<Int32> sums([] { return 7; });
    const Size cells = inputs.size() / cell_inputs;
    Chosen<DotRow<Reader, Largest>, Arch>::template run<Panels>(codes.data(), panel_bytes, inputs.data(), cells, sums.of);
    return sums;
}

/// Memory ends where the last cell does.
template <class Reader, int Largest, Size Panels>
void compare_rows() {
    static_assert(row_digits<Reader, Largest>);
    Random random;
    for (const Size cells : {Size(1), Size(2), Size(3), Size(4), Size(7), Size(8), Size(9), Size(17), Size(64), Size(145)}) {
        const CellOrder order{Reader::bits, Panels * panel_outputs, {1, cells * cell_inputs}};
        std::vector<Byte> codes(order.bytes()), inputs(cells * cell_inputs);
        const bool lowest = random() % 2 == 0;   // in every weight
        for (Size output = 0; output < order.outputs; ++output)
            for (Size input = 0; input < inputs.size(); ++input)
                order.store(codes.data(), output, 0, input,
                            lowest ? lowest_code<Reader> : static_cast<unsigned>(random() % Reader::codes));
        for (Byte& byte : inputs) byte = static_cast<Byte>(random.extreme(0, Largest));
        INFO(Reader::name << ", largest input " << Largest << ", panels " << Panels << ", cells " << cells);
        CHECK(same_bytes(row_sums<Scalar, Reader, Largest, Panels>(codes, order.panel_bytes(), inputs),
                         row_sums<Native, Reader, Largest, Panels>(codes, order.panel_bytes(), inputs)));
    }
}

}  // namespace

TEST_CASE("a row of inputs meets packed panels as in the scalar reference, extremes included") {
    compare_rows<Uniform<8>, 127, 1>();
    compare_rows<Uniform<8>, 127, 4>();
    compare_rows<Uniform<8>, 255, 1>();
    compare_rows<Uniform<8>, 255, 2>();
    compare_rows<Uniform<4>, 255, 1>();
    compare_rows<Uniform<4>, 255, 2>();
    compare_rows<Uniform<4>, 15, 2>();
    compare_rows<Log2<4>, 255, 2>();
    compare_rows<Uniform<2>, 255, 2>();
    compare_rows<Uniform<2>, 3, 1>();
    compare_rows<Ternary, 255, 2>();
    compare_rows<Binary, 255, 2>();
    compare_rows<Binary, 1, 1>();
    static_assert(!row_digits<Uniform<8, Asymmetric>, 255> && !row_digits<Uniform<3>, 15> && !row_digits<Uniform<4, Asymmetric>, 15>);
}
