// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/arch/detect.hpp>
#include <aquatint/base/indices.hpp>
#include <aquatint/kernel/pieces.hpp>
#include <aquatint/policy/uniform.hpp>
#include <doctest/doctest.h>

#include <cstring>
#include <initializer_list>
#include <vector>

using namespace aquatint;

TEST_CASE("pieces cover all inputs once and in order, none is too large, none crosses a group") {
    for (const Segments& all :
         {Segments{1, 1}, Segments{1, 1000}, Segments{3, 48}, Segments{3, 9}, Segments{5, 300}, Segments{7, 128}})
        for (const Size most_cells : {16u, 32u, 64u})
            for (const Size group : {0u, 4u, 20u, 512u}) {
                INFO(all.segments << " x " << all.run << " by " << most_cells << " cells, group " << group);
                Size next = 0, wrong = 0;
                for_each_piece(all, most_cells, group, [&](const Piece& piece) {
                    wrong += piece.run == 0 || piece.rows == 0 || piece.cells() > most_cells;
                    wrong += piece.rows > 1 && (piece.first != 0 || piece.run != all.run);
                    wrong += piece.row * all.run + piece.first != next;
                    wrong += piece.first % cell_inputs != 0;
                    wrong += group != 0 && piece.first / group != (piece.first + piece.run - 1) / group;
                    next += piece.rows * piece.run;
                });
                CHECK(next == all.inputs());
                CHECK(wrong == 0);
            }
}

TEST_CASE("a part of a panel decodes to what the whole panel has there, wherever it begins") {
    for_each_index(IndicesBelow<8>{}, []<Size Index>() {
        constexpr unsigned bits = Index + 1;
        using Codes = Uniform<bits, Asymmetric>;
        constexpr Size cells = 21, cell_bytes = panel_outputs * cell_inputs;
        const CellOrder order{bits, panel_outputs, {3, 7 * cell_inputs}};
        support::Random random;
        std::vector<Byte> panel(order.panel_bytes());
        for (Byte& byte : panel) byte = static_cast<Byte>(random());
        std::vector<Int8> whole(cells * cell_bytes), digits(whole.size());
        Chosen<DecodeDigits<Codes, 0>, Scalar>::run(panel.data(), order, nullptr, whole.data());
        Size wrong = 0;
        for (Size first = 0; first < cells; ++first)
            for (Size count = 1; first + count <= cells; ++count) {
                std::vector<Byte> scratch(part_bytes(bits, count), Byte(0x5a));
                const Byte* part = part_of_panel<bits>(panel.data(), order, first, count, scratch.data());
                Chosen<DecodeDigits<Codes, 0>, Native>::run(part, CellOrder{bits, panel_outputs, {1, count * cell_inputs}},
                                                            nullptr, digits.data());
                wrong += std::memcmp(digits.data(), whole.data() + first * cell_bytes, count * cell_bytes) != 0;
            }
        INFO("bits: " << bits);
        CHECK(wrong == 0);
    });
}
