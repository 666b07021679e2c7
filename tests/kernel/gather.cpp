// SPDX-License-Identifier: BSL-1.0
#include <aquatint/kernel/gather.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

#include <vector>

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
    REQUIRE(gatherer.enter({1, 2, 1, 2}));
    const Piece all{0, 3, 0, 9};
    const auto inputs = gatherer.locate(all, {1, 2, 1, 3}, true);   // across the end of a row
    CHECK(inputs.pixel[0] == pixels.bytes);
    CHECK(inputs.pixel[1] == pixels.bytes + 3);
    CHECK(inputs.pixel[2] == pixels.bytes + 15);
    CHECK(inputs.pixel[3] == pixels.bytes + 15);   // a tile's missing pixels repeat the last one
    CHECK(inputs.skipped == 0);
    CHECK(inputs.rows == 3);
    CHECK(gatherer.pitch(all) == 15);
    CHECK(gatherer.locate({1, 1, 4, 5}, {1, 1, 1, 1}, true).pixel[0] == pixels.bytes + 15 + 4);
}

TEST_CASE("at borders a block is copied once, with the zero point outside") {
    const Pixels pixels;
    Gatherer<Byte, Bytes, 64> gatherer(pixels.values(), kernel);
    REQUIRE(gatherer.enter({0, 4, 0, 5}));
    const Piece all{0, 3, 0, 9};
    const auto inputs = gatherer.locate(all, {0, 0, 0, 2}, false);
    const Byte first[3][9] = {{200, 200, 200, 200, 200, 200, 200, 200, 200},
                              {200, 200, 200, 0, 1, 2, 3, 4, 5},
                              {200, 200, 200, 15, 16, 17, 18, 19, 20}};
    CHECK(inputs.pixel[1] == inputs.pixel[0] + 3);   // neighbours share what both see
    for (Size row = 0; row < 3; ++row)
        for (Size i = 0; i < 9; ++i) {
            CHECK(inputs.pixel[0][row * gatherer.pitch(all) + i] == first[row][i]);
            CHECK(inputs.pixel[1][row * gatherer.pitch(all) + i] == (row == 0 ? 200 : (row - 1) * 15 + i));
        }
    const auto right = gatherer.locate({2, 1, 4, 5}, {2, 2, 4, 1}, false);   // the last row of the kernel, from the middle tap on
    for (Size i = 0; i < 5; ++i) CHECK(right.pixel[0][i] == (i < 2 ? 58 + i : 200));
}

TEST_CASE("rows of the kernel that lie outside for a whole tile may be left out") {
    const Pixels pixels;
    const Geometry tall{7, 3, 1, 1, 1, 3, 1};
    Gatherer<Byte, Bytes, 64> gatherer(pixels.values(), tall);
    REQUIRE(gatherer.enter({0, 4, 0, 5}));
    const Piece all{0, 7, 0, 9};
    const auto rows = [&](const Piece& piece, const PixelTile& tile) {
        const auto inputs = gatherer.locate(piece, tile, true), every = gatherer.locate(piece, tile, false);
        CHECK(every.rows == piece.rows);
        CHECK(inputs.pixel[0] == every.pixel[0] + inputs.skipped * gatherer.pitch(piece));
        return 10 * inputs.skipped + inputs.rows;
    };
    CHECK(rows(all, {0, 0, 0, 4}) == 34);
    CHECK(rows(all, {0, 1, 3, 4}) == 25);   // what one pixel sees is there for all
    CHECK(rows(all, {3, 3, 0, 4}) == 4);
    CHECK(rows({0, 2, 0, 9}, {0, 0, 0, 4}) == 11);   // one row is left
}

TEST_CASE("columns of the kernel that lie outside for the first or the last pixel of a row may be left out") {
    const Pixels pixels;
    const auto outside = [&](const Geometry& g, const Piece& piece, const PixelTile& tile, bool skip = true, Size channels = 4) {
        const Bytes image{{pixels.bytes, 3, 5, channels, 5 * channels, channels}, {1, 200}};
        Gatherer<Byte, Bytes, 64> gatherer(image, g);
        REQUIRE(gatherer.enter({0, 3, 0, 5}));
        const KernelEnds ends = gatherer.locate(piece, tile, skip).outside;
        return 100 * ends.first + ends.last;
    };
    const Geometry wide{1, 5, 1, 1, 1, 0, 2}, steps{3, 3, 2, 1, 1, 1, 1};
    const Piece all{0, 3, 0, 12}, row{0, 1, 0, 20};
    CHECK(outside(kernel, all, {0, 0, 0, 4}) == 400);
    CHECK(outside(kernel, all, {1, 1, 1, 4}) == 4);
    CHECK(outside(wide, row, {2, 2, 0, 4}) == 804);   // two columns of the first pixel, one of the last
    CHECK(outside(wide, row, {2, 2, 1, 4}) == 408);
    CHECK(outside(steps, all, {0, 0, 0, 4}) == 0);              // more than there is: nothing is left out
    CHECK(outside(kernel, all, {0, 1, 2, 4}) == 0);             // across the end of a row
    CHECK(outside(kernel, all, {0, 0, 0, 3}) == 0);             // a tile that is not full
    CHECK(outside(kernel, {0, 3, 0, 8}, {0, 0, 0, 4}) == 0);    // a piece that begins in every row, and does not end it
    CHECK(outside(kernel, all, {0, 0, 0, 4}, false) == 0);
    CHECK(outside(kernel, {0, 3, 0, 9}, {0, 0, 0, 4}, true, 3) == 0);   // no whole cells
}

TEST_CASE("nothing past the image is read: whole cells would reach over its end") {
    const Pixels pixels;
    const Geometry inner{3, 3};
    Gatherer<Byte, Bytes, 64> gatherer(pixels.values(), inner);
    const Piece all{0, 3, 0, 9};
    REQUIRE(gatherer.enter({1, 1, 0, 2}));
    CHECK(gatherer.locate(all, {1, 1, 1, 1}, true).pixel[0] == pixels.bytes + 15 + 3);
    REQUIRE(gatherer.enter({1, 1, 0, 3}));   // its last run ends where the memory ends
    const auto last = gatherer.locate(all, {1, 1, 2, 1}, true);
    CHECK(last.pixel[0] == gatherer.scratch + 6);
    CHECK(last.pixel[0][2 * gatherer.pitch(all) + 8] == 59);
    CHECK(last.pixel[0][2 * gatherer.pitch(all) + 11] == 0);
}

TEST_CASE("codes become the bytes of their levels, or their numbers; pixels may lie apart") {
    const Byte codes[7] = {0, 255, 1, 1, 1, 127, 128};
    const Values<const Byte, Uniform<8>> values{{codes, 1, 2, 2, 0, 5}, {0.5f}};
    Gatherer<Byte, Values<const Byte, Uniform<8>>, 4> bytes(values, Geometry{});
    Gatherer<float, Values<const Byte, Uniform<8>>, 4> numbers(values, Geometry{});
    REQUIRE(bytes.enter({0, 1, 0, 2}));
    REQUIRE(numbers.enter({0, 1, 0, 2}));
    const auto as_bytes = bytes.locate({0, 1, 0, 2}, {0, 0, 0, 2}, true);
    const auto as_numbers = numbers.locate({0, 1, 0, 2}, {0, 0, 0, 2}, true);
    const Byte expected[4] = {128, 127, 255, 0};
    const float levels[4] = {0, -0.5f, 63.5f, -64};
    for (Size i = 0; i < 4; ++i) {
        CHECK(as_bytes.pixel[i / 2][i % 2] == expected[i]);
        CHECK(as_numbers.pixel[i / 2][i % 2] == levels[i]);
    }
}

TEST_CASE("dilated kernels are gathered tap by tap; a kernel of one column is not") {
    const Pixels pixels;
    Gatherer<Byte, Bytes, 64> wide(pixels.values(), Geometry{2, 2, 1, 2});
    const Piece all{0, 2, 0, 6};
    REQUIRE_FALSE(wide.enter({0, 2, 0, 3}));
    const auto inputs = wide.locate(all, {0, 1, 1, 3}, true);
    const Byte expected[2][2][6] = {{{3, 4, 5, 9, 10, 11}, {33, 34, 35, 39, 40, 41}},
                                    {{15, 16, 17, 21, 22, 23}, {45, 46, 47, 51, 52, 53}}};
    for (Size row = 0; row < 2; ++row)
        for (Size i = 0; i < 6; ++i) {
            CHECK(inputs.pixel[0][row * wide.pitch(all) + i] == expected[0][row][i]);
            CHECK(inputs.pixel[2][row * wide.pitch(all) + i] == expected[1][row][i]);   // of the next row
        }
    CHECK(inputs.pixel[3] == inputs.pixel[2]);
    Gatherer<Byte, Bytes, 64> narrow(pixels.values(), Geometry{2, 1, 1, 2});
    REQUIRE(narrow.enter({0, 1, 0, 4}));
    CHECK(narrow.locate({0, 2, 0, 3}, {0, 0, 1, 1}, true).pixel[0] == pixels.bytes + 3);
    CHECK(narrow.pitch({0, 2, 0, 3}) == 30);
}

TEST_CASE("where a copy has no room, pieces of a tile are gathered") {
    const std::vector<Byte> memory(3 * 20'000, Byte(7));
    const Values<const Byte, Uniform<8, Asymmetric>> values{{memory.data(), 1, 3, 20'000, 0, 20'000}, {1, 200}};
    Gatherer<Byte, Bytes, 64> gatherer(values, Geometry{1, 3, 1, 1, 1, 0, 1});
    REQUIRE_FALSE(gatherer.has_room({}));
    REQUIRE_FALSE(gatherer.enter({0, 1, 0, 3}));
    const auto inputs = gatherer.locate({0, 1, 19'980, 64}, {0, 0, 0, 3}, true);
    for (Size i = 0; i < 64; ++i) {
        CHECK(inputs.pixel[0][i] == (i < 20 ? 200 : 7));   // the tap to the left of the image ends there
        CHECK(inputs.pixel[1][i] == 7);
    }
}
