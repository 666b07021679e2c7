// SPDX-License-Identifier: BSL-1.0
// What the tests of products share: drawn weights and inputs in memory without slack, and products by the plainest of loops.
#pragma once

#include "../support/random.hpp"

#include <aquatint/kernel/conv2d.hpp>
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/pack/pack.hpp>
#include <aquatint/policy/policies.hpp>

#include <cmath>
#include <cstring>
#include <vector>

namespace products {

using namespace aquatint;
using support::Random;

/// Usable levels, different for every index.
template <Policy Reader>
typename Reader::Levels some_levels(Size index) {
    typename Reader::Levels levels{};
    if constexpr (requires { levels.scale; }) levels.scale = std::bit_cast<float>(static_cast<UInt32>(118 + index % 5) << 23);
    if constexpr (requires { levels.zero; }) levels.zero = static_cast<Int32>((index * 5 + 1) % Reader::codes);
    if constexpr (requires { levels.offset; })
        levels.offset = static_cast<decltype(levels.offset)>(static_cast<int>(index % 7) - 3);
    return levels;
}

/// Packed weights of a shape that is known at run time; codes are mostly the first and the last one.
template <class Quantizer>
struct Weights {
    using Reader = typename Quantizer::Reader;
    struct alignas(64) Line {
        Byte bytes[64];
    };
    std::vector<Line> lines;
    PackedMemory<Quantizer> memory;

    Weights(const PackedShape<Quantizer>& shape, Random& random)
        : lines(shape.bytes() / 64), memory(*PackedMemory<Quantizer>::over(lines.data(), shape.bytes(), shape)) {
        for (Size i = 0; i < shape.level_count(); ++i) memory.levels[i] = some_levels<Reader>(i);
        store_codes(memory, [&](Size, Size) {
            if constexpr (PackedShape<Quantizer>::real) return std::bit_cast<unsigned>(random.number());
            else return static_cast<unsigned>(random.extreme(0, static_cast<int>(Reader::codes) - 1));
        });
    }
    PackedView<Quantizer> view() const { return memory.view(); }
    Int64 integer(Size output, Size input, Size ky = 0, Size kx = 0) const {
        const auto& shape = memory.shape;
        return Terms<Reader>::integer(view().code(output, input, ky, kx), view().levels_at(output, shape.column(input, ky, kx)));
    }
};

/// Rows of elements at an odd address, with gaps between them and nothing after the last.
template <class Element>
struct Rows {
    Size rows, columns, pitch;
    std::vector<Element> memory;

    Rows(Size row_count, Size column_count)
        : rows(row_count), columns(column_count), pitch(column_count + 3), memory(1 + (rows - 1) * pitch + columns) {}
    MatrixView<Element> view() { return {memory.data() + 1, rows, columns, pitch}; }
    Element* operator[](Size row) { return memory.data() + 1 + row * pitch; }
    bool operator==(const Rows& other) const {
        return std::memcmp(memory.data(), other.memory.data(), memory.size() * sizeof(Element)) == 0;
    }
};

template <Policy Reader>
Rows<Byte> drawn_codes(Size rows, Size columns, Random& random) {
    Rows<Byte> codes(rows, columns);
    for (Byte& code : codes.memory) code = static_cast<Byte>(random.extreme(0, static_cast<int>(Reader::codes) - 1));
    return codes;
}
inline Rows<float> drawn_numbers(Size rows, Size columns, Random& random) {
    Rows<float> numbers(rows, columns);
    for (float& number : numbers.memory) number = random.number();
    return numbers;
}

}  // namespace products
