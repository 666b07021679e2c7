// SPDX-License-Identifier: BSL-1.0
#include <aquatint/kernel/blocks.hpp>
#include <doctest/doctest.h>

#include <initializer_list>
#include <vector>

using namespace aquatint;

namespace {

using Bytes = Values<const Byte, Uniform<8, Asymmetric>>;

/// Visits all blocks of an image of its own size, and counts how often each pixel is seen.
struct Walk {
    std::vector<Byte> memory;
    std::vector<int> seen;
    Size blocks = 0, gathered = 0, wrong = 0;

    Walk(Size height, Size width, Size channels, const Geometry& geometry, Size most) : memory(height * width * channels) {
        const Shape out = geometry.output({height, width, channels}, 1);
        seen.resize(out.height * out.width);
        Gatherer<Byte, Bytes, 64> gatherer(Bytes{{memory.data(), height, width, channels, width * channels, channels}, {1, 0}},
                                           geometry);
        for_each_block(out.height, out.width, most, gatherer, [&](const PixelBlock& block) {
            ++blocks;
            gathered += gatherer.first == nullptr ? 1 : 0;
            wrong += block.rows * block.columns > most || gatherer.block.row != block.row || gatherer.block.column != block.column
                         ? 1
                         : 0;
            for (Size row = 0; row < block.rows; ++row)
                for (Size column = 0; column < block.columns; ++column)
                    ++seen[(block.row + row) * out.width + block.column + column];
        });
        for (const int times : seen) wrong += times != 1 ? 1 : 0;
    }
};

}  // namespace

TEST_CASE("blocks cover every pixel once, and are as large as their inputs allow") {
    const Geometry same{3, 3, 1, 1, 1, 1, 1};
    const auto blocks = [](const Walk& walk) {
        CHECK(walk.wrong == 0);
        CHECK(walk.gathered == 0);
        return walk.blocks;
    };
    CHECK(blocks({8, 8, 64, same, 256}) == 1);
    CHECK(blocks({7, 45, 3, same, 256}) == 2);      // 32 columns wide
    CHECK(blocks({32, 32, 64, same, 256}) == 4);
    CHECK(blocks({32, 32, 64, same, 64}) == 16);
    CHECK(blocks({8, 8, 512, same, 64}) == 2);      // the copy of all would take 50 KB
    CHECK(blocks({4, 4, 1500, same, 64}) == 4);
    CHECK(blocks({1, 300, 576, Geometry{}, 256}) == 2);
    CHECK(blocks({1, 64, 577, Geometry{}, 256}) == 2);   // all but the last ones in place
    CHECK(blocks({1, 1, 5, Geometry{}, 256}) == 1);
}

TEST_CASE("blocks whose inputs cannot be copied are whole") {
    const Walk dilated(10, 10, 4, Geometry{3, 3, 1, 2, 1, 2, 2}, 64);
    CHECK(dilated.wrong == 0);
    CHECK(dilated.gathered == 2);
    const Walk deep(3, 3, 5000, Geometry{3, 3, 1, 1, 1, 1, 1}, 64);
    CHECK(deep.wrong == 0);
    CHECK(deep.gathered == 1);
    const Walk long_rows(1, 40, 40'001, Geometry{}, 64);
    CHECK(long_rows.wrong == 0);
    CHECK(long_rows.blocks == 1);
}

TEST_CASE("tiles number the pixels of a block through its rows, and are as equal as can be") {
    for (const Size rows : {1u, 2u, 5u})
        for (const Size columns : {1u, 2u, 3u, 7u, 8u, 32u}) {
            Size next = 0, wrong = 0, largest = 0, smallest = 6;
            for_each_tile_of<6>({10, rows, 20, columns}, [&](Size index, const PixelTile& tile) {
                const Size last = next + tile.count - 1;
                wrong +=
                    tile.row != 10 + next / columns || tile.column != 20 + next % columns || tile.last_row != 10 + last / columns;
                wrong += index > (rows * columns - 1) / 6;
                largest = most(largest, tile.count);
                smallest = least(smallest, tile.count);
                next += tile.count;
            });
            INFO(rows << " x " << columns);
            CHECK(next == rows * columns);
            CHECK(wrong == 0);
            CHECK(largest <= least(Size(6), smallest + 1));
        }
}
