// SPDX-License-Identifier: BSL-1.0
#include <aquatint/kernel/gather.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

using namespace aquatint;

namespace {

using Bytes = Values<const Byte, Uniform<8, Asymmetric>>;

/// 4 x 5 pixels of 3 channels: element = its index.
struct Pixels {
    Byte bytes[60];
    constexpr Pixels() : bytes{} {
        for (Byte i = 0; i < 60; ++i) bytes[i] = i;
    }
    Bytes values() const { return {{bytes, 4, 5, 3, 15, 3}, {1, 200}}; }
};
constexpr Geometry kernel{3, 3, 1, 1, 1, 1, 1};

}  // namespace

TEST_CASE("inside of an image inputs are read where they lie") {
    const Pixels pixels;
    Gatherer<Byte, Bytes, 64> gatherer(pixels.values(), kernel);
    const auto inputs = gatherer.locate({0, 3, 0, 9}, 1, 1, 3);
    CHECK(inputs.pixel[0] == pixels.bytes);
    CHECK(inputs.pixel[2] == pixels.bytes + 6);
    CHECK(inputs.pixel[3] == pixels.bytes + 6);   // a tile's missing pixels repeat the last one
    CHECK(inputs.window.row_pitch == 15);
    CHECK(gatherer.locate({1, 1, 4, 5}, 1, 1, 1).pixel[0] == pixels.bytes + 15 + 4);
}

TEST_CASE("at borders inputs are gathered, with the zero point outside") {
    const Pixels pixels;
    Gatherer<Byte, Bytes, 64> gatherer(pixels.values(), kernel);
    const auto inputs = gatherer.locate({0, 3, 0, 9}, 0, 0, 2);
    const Byte first[3][9] = {{200, 200, 200, 200, 200, 200, 200, 200, 200}, {200, 200, 200, 0, 1, 2, 3, 4, 5}, {200, 200, 200, 15, 16, 17, 18, 19, 20}};
    for (Size row = 0; row < 3; ++row)
        for (Size i = 0; i < 9; ++i) {
            CHECK(inputs.pixel[0][row * inputs.window.row_pitch + i] == first[row][i]);
            CHECK(inputs.pixel[1][row * inputs.window.row_pitch + i] == (row == 0 ? 200 : (row - 1) * 15 + i));
        }
    const auto right = gatherer.locate({2, 1, 4, 5}, 2, 4, 1);   // the last row, from the middle tap on
    for (Size i = 0; i < 5; ++i) CHECK(right.pixel[0][i] == (i < 2 ? 58 + i : 200));
}

TEST_CASE("nothing past the image is read: whole cells would reach over its end") {
    const Pixels pixels;
    Gatherer<Byte, Bytes, 64> gatherer(pixels.values(), kernel);
    CHECK(gatherer.locate({0, 3, 0, 9}, 2, 2, 1).pixel[0] == pixels.bytes + 15 + 3);
    CHECK(gatherer.locate({0, 3, 0, 9}, 3, 2, 1).pixel[0] != pixels.bytes + 30 + 3);   // one row is outside
    const Geometry inner{3, 3};
    Gatherer<Byte, Bytes, 64> unpadded(pixels.values(), inner);
    CHECK(unpadded.locate({0, 3, 0, 9}, 1, 1, 1).pixel[0] == pixels.bytes + 15 + 3);
    const auto last = unpadded.locate({0, 3, 0, 9}, 1, 2, 1);   // its run ends where the memory ends
    CHECK(last.pixel[0] != pixels.bytes + 15 + 6);
    CHECK(last.pixel[0][2 * last.window.row_pitch + 8] == 59);
}

TEST_CASE("codes become the bytes of their levels, or their numbers") {
    const Byte codes[4] = {0, 255, 127, 128};
    const Values<const Byte, Uniform<8>> values{{codes, 1, 1, 4, 0, 0}, {0.5f}};
    Gatherer<Byte, Values<const Byte, Uniform<8>>, 4> bytes(values, Geometry{});
    Gatherer<float, Values<const Byte, Uniform<8>>, 4> numbers(values, Geometry{});
    const auto as_bytes = bytes.locate({0, 1, 0, 4}, 0, 0, 1);
    const auto as_numbers = numbers.locate({0, 1, 0, 4}, 0, 0, 1);
    const Byte expected[4] = {128, 127, 255, 0};
    const float levels[4] = {0, -0.5f, 63.5f, -64};
    for (Size i = 0; i < 4; ++i) {
        CHECK(as_bytes.pixel[0][i] == expected[i]);
        CHECK(as_numbers.pixel[0][i] == levels[i]);
    }
}

TEST_CASE("dilated kernels are gathered tap by tap; a kernel of one column is not") {
    const Pixels pixels;
    Gatherer<Byte, Bytes, 64> wide(pixels.values(), Geometry{2, 2, 1, 2});
    const auto inputs = wide.locate({0, 2, 0, 6}, 0, 1, 1);
    const Byte expected[2][6] = {{3, 4, 5, 9, 10, 11}, {33, 34, 35, 39, 40, 41}};
    for (Size row = 0; row < 2; ++row)
        for (Size i = 0; i < 6; ++i) CHECK(inputs.pixel[0][row * inputs.window.row_pitch + i] == expected[row][i]);
    Gatherer<Byte, Bytes, 64> narrow(pixels.values(), Geometry{2, 1, 1, 2});
    CHECK(narrow.locate({0, 2, 0, 3}, 0, 1, 1).pixel[0] == pixels.bytes + 3);
    CHECK(narrow.locate({0, 2, 0, 3}, 0, 1, 1).window.row_pitch == 30);
}

TEST_CASE("what was gathered stays until it is forgotten, while there is room") {
    const Pixels pixels;
    Gatherer<Byte, Bytes, 64> gatherer(pixels.values(), kernel);
    const Piece piece{0, 3, 0, 9};
    Size tiles = 1;
    const auto first = gatherer.locate(piece, 0, 0, 4);
    for (; gatherer.has_room(piece); ++tiles) {
        const auto other = gatherer.locate(piece, 3, 0, 4);
        CHECK(other.pixel[0] >= first.pixel[3] + 36);
        CHECK(other.pixel[3] + 36 <= gatherer.scratch + gatherer.room);
    }
    CHECK(tiles == 16384 / (4 * 36));
    CHECK(first.pixel[0][first.window.row_pitch + 3] == 0);
    CHECK(first.pixel[3][2 * first.window.row_pitch + 5] == 26);
    gatherer.forget();
    CHECK(gatherer.has_room(piece));
    CHECK(gatherer.locate(piece, 3, 0, 4).pixel[0] == first.pixel[0]);
}
