// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <doctest/doctest.h>

#include <bit>

using namespace aquatint;
using namespace tiles;

namespace {

/// In halves. Odd runs, pitches that are no whole words, more than counts of sixteen bits hold.
constexpr Window half_windows[] = {
    {1, 0, 1, 0, 1}, {1, 0, 1, 0, 2}, {1, 0, 1, 0, 7}, {3, 20, 1, 0, 3}, {3, 20, 1, 0, 6}, {3, 40, 2, 9, 5}, {2, 41, 3, 8, 4},
    {1, 0, 1, 0, 4093}, {1, 0, 1, 0, 4094}, {1, 0, 1, 0, 4096}, {5, 900, 1, 0, 831},
};

/// `Native` where it has the routine, else the reference, which then meets itself.
template <bool Differ, Size Pixels, Size Planes>
void compare(const Window& window, bool most_bits) {
    Random random;
    constexpr Size apart = 3 * half_bytes;
    const Size words = window.rows * window.columns * ceil_div(window.run, Size(2));
    std::vector<Byte> memory(words * Planes * WordOrder::plane_bytes);
    std::vector<Byte> inputs(reach(window, 1) * half_bytes + (Pixels - 1) * apart);
    for (Byte& byte : memory) byte = static_cast<Byte>(most_bits ? 255 : random.between(0, 255));
    for (Byte& byte : inputs) byte = static_cast<Byte>(most_bits != Differ ? 255 : most_bits ? 0 : random.between(0, 255));
    if (window.run % 2 != 0)   // what is left of a word has no weights
        for (Size word = 0; word < words; ++word)
            if (word % ceil_div(window.run, Size(2)) == window.run / 2)
                for (Size lane = 0; lane < Planes * panel_outputs; ++lane)
                    for (Size byte = half_bytes; byte < 4; ++byte)
                        memory[word * Planes * WordOrder::plane_bytes + lane * 4 + byte] = 0;
    CountSums weights;
    weights.factors[0] = static_cast<Byte>(random.between(0, 255));
    weights.factors[1] = 255;
    for (Size output = 0; output < panel_outputs; ++output) {
        weights.start[output] = random.between(-1000000, 1000000);
        weights.coefficients[0][output] = random.between(-32767, 32767);
        weights.coefficients[1][output] = output == 3 ? -32767 : random.between(-30, 30);
    }
    const Byte* pixels[Pixels];
    for (Size pixel = 0; pixel < Pixels; ++pixel) pixels[pixel] = inputs.data() + pixel * apart;
    alignas(64) Int32 reference[Pixels][panel_outputs], fast[Pixels][panel_outputs];
    using Operation = CountTile<Differ, Pixels, Planes>;
    Chosen<Operation, Scalar>::run(memory.data(), weights, pixels, window, reference);
    Chosen<Operation, Native>::run(memory.data(), weights, pixels, window, fast);
    INFO("differ " << Differ << ", pixels " << Pixels << ", planes " << Planes << ", run " << window.run << ", most "
                   << most_bits);
    CHECK(same_bytes(reference, fast));
}
template <bool Differ, Size Pixels, Size Planes>
void compare_all() {
    for (const Window& window : half_windows) {
        compare<Differ, Pixels, Planes>(window, false);
        compare<Differ, Pixels, Planes>(window, true);
    }
}

constexpr Size vector_counts[] = {0, 1, 2, 3, 4, 5, 8, 15};

template <unsigned Bits, unsigned InputPlanes>
void compare_words() {
    Random random;
    for (const Size vectors : vector_counts) {
        std::vector<Byte> cells(vectors * Bits * vector_bytes);
        for (Byte& byte : cells) byte = static_cast<Byte>(random.between(0, 255));
        const WordOrder order{Bits, InputPlanes, {1, vectors * vector_inputs}};
        std::vector<Byte> reference(order.bytes() + 1, Byte(99)), fast(reference);
        Chosen<CellsToWords<Bits, InputPlanes>, Scalar>::run(cells.data(), vectors, reference.data());
        Chosen<CellsToWords<Bits, InputPlanes>, Native>::run(cells.data(), vectors, fast.data());
        INFO("bits " << Bits << ", planes of inputs " << InputPlanes << ", vectors " << vectors);
        CHECK(reference == fast);
        CHECK(reference.back() == 99);
    }
}
template <unsigned Planes, unsigned Shift>
void compare_bits() {
    Random random;
    for (const Size vectors : vector_counts) {
        std::vector<Byte> inputs(vectors * vector_inputs), reference(halves_of(inputs.size(), Planes) * half_bytes + 1, Byte(99)),
            fast(reference);
        for (Byte& input : inputs) input = static_cast<Byte>(random.between(0, 3));
        Chosen<InputsToBits<Planes, Shift>, Scalar>::run(inputs.data(), vectors, reference.data());
        Chosen<InputsToBits<Planes, Shift>, Native>::run(inputs.data(), vectors, fast.data());
        CHECK(reference == fast);
        CHECK(reference.back() == 99);
    }
}

/// The sum of weight * input by bits, against the sum of the codes themselves.
template <unsigned Bits, unsigned InputPlanes>
void multiply_codes() {
    Random random;
    constexpr Size vectors = 5;
    const CellOrder order{Bits, panel_outputs, {1, vectors * vector_inputs}};
    std::vector<Byte> cells(order.panel_bytes()), inputs(vectors * vector_inputs);
    for (Byte& byte : cells) byte = static_cast<Byte>(random.between(0, 255));
    for (Byte& input : inputs) input = static_cast<Byte>(random.between(0, (1 << InputPlanes) - 1));
    std::vector<Byte> words(WordOrder{Bits, InputPlanes, order.inputs}.bytes());
    std::vector<Byte> bits(halves_of(inputs.size(), InputPlanes) * half_bytes);
    Chosen<CellsToWords<Bits, InputPlanes>, Scalar>::run(cells.data(), vectors, words.data());
    Chosen<InputsToBits<InputPlanes, 0>, Scalar>::run(inputs.data(), vectors, bits.data());
    CountSums weights{{}, {}, {1, InputPlanes}};   // a second plane counts twice
    for (Size output = 0; output < panel_outputs; ++output)
        for (int plane = 0; plane < 2; ++plane) weights.coefficients[plane][output] = plane + 1;
    alignas(64) Int32 sums[1][panel_outputs];
    const Byte* pixel = bits.data();
    Chosen<CountTile<false, 1, Bits>, Scalar>::run(words.data(), weights, &pixel, {1, 0, 1, 0, bits.size() / half_bytes}, sums);
    for (Size output = 0; output < panel_outputs; ++output) {
        Int32 expected = 0;
        for (Size i = 0; i < inputs.size(); ++i)
            expected += static_cast<Int32>(order.load(cells.data(), output, 0, i)) * inputs[i];
        CHECK(sums[0][output] == expected);
    }
}

}  // namespace

TEST_CASE("counts of bits give the sums of the scalar reference, at the ends of every range") {
    compare_all<true, 1, 1>();
    compare_all<true, 4, 1>();
    compare_all<true, 8, 1>();
    compare_all<true, 1, 2>();
    compare_all<true, 8, 2>();
    compare_all<false, 1, 1>();
    compare_all<false, 8, 1>();
    compare_all<false, 4, 2>();
    compare_all<false, 8, 2>();
}

TEST_CASE("cells of one bit and of two become words, and inputs become bits") {
    compare_words<1, 1>();
    compare_words<1, 2>();
    compare_words<2, 1>();
    compare_words<2, 2>();
    compare_bits<1, 0>();
    compare_bits<1, 1>();
    compare_bits<2, 0>();
}

TEST_CASE("words and bits that are counted are the products of their codes") {
    multiply_codes<1, 1>();
    multiply_codes<1, 2>();
    multiply_codes<2, 1>();
    multiply_codes<2, 2>();
}
