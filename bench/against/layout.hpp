// SPDX-License-Identifier: BSL-1.0
// What hand-written contestants share: inputs as numbers that can be broadcast, weights in panels.
#pragma once

#include "../harness/work.hpp"

namespace bench {

/// Calls `tile.operator()<Rows>(first output, first row)` for panels of `width` outputs by `Rows` rows;
/// what is left of the rows goes one by one.
template <Size Rows, class Tile>
void for_each_tile(const Shape& shape, Size width, Tile&& tile) {
    for (Size first = 0; first < shape.outputs; first += width) {
        Size row = 0;
        for (; row + Rows <= shape.rows; row += Rows) tile.template operator()<Rows>(first, row);
        for (; row < shape.rows; ++row) tile.template operator()<1>(first, row);
    }
}

/// The inputs of an output as runs of adjacent numbers: one of a row, three under the kernel rows of a convolution, whose image
/// gets a ring of zeros. Making it is part of the work, as it is for us.
template <class Number>
class Runs {
public:
    explicit Runs(const Work& given) : work(given), numbers(is_conv() ? (work.side() + 2) * pitch() : work.shape.rows * run()) {}

    Size count() const { return is_conv() ? 3 : 1; }
    Size run() const { return is_conv() ? 3 * work.channels() : work.shape.inputs; }
    Size pitch() const { return (work.side() + 2) * work.channels(); }   ///< from a run to the next
    const Number* of(Size row) const {
        if (!is_conv()) return numbers.data() + row * run();
        return numbers.data() + row / work.side() * pitch() + row % work.side() * work.channels();
    }
    template <class Element>
    void fill(const Element* from) {
        const Size length = is_conv() ? work.side() * work.channels() : work.shape.rows * run();
        for (Size y = 0; y < (is_conv() ? work.side() : 1); ++y) {
            Number* to = numbers.data() + (is_conv() ? (y + 1) * pitch() + work.channels() : 0);
            for (Size i = 0; i < length; ++i) to[i] = static_cast<Number>(from[y * length + i]);
        }
    }
    /// Where weight `k` of an output, in the order of the runs, stands in Work: there the kernel is innermost.
    Size column(Size k) const { return is_conv() ? k % work.channels() * 9 + k / work.channels() : k; }

private:
    const Work& work;
    std::vector<Number> numbers;

    bool is_conv() const { return work.operation == Operation::conv; }
};

/// Weights [panel][k][width outputs], zero beyond the last output.
template <class Number, class Element>
std::vector<Number> panels_of(const Work& work, const std::vector<Element>& weights, const Runs<Number>& runs, Size width) {
    const Size inputs = work.shape.inputs, panels = (work.shape.outputs + width - 1) / width;
    std::vector<Number> all(panels * inputs * width);
    for (Size output = 0; output < work.shape.outputs; ++output)
        for (Size k = 0; k < inputs; ++k)
            all[(output / width * inputs + k) * width + output % width] =
                static_cast<Number>(weights[output * inputs + runs.column(k)]);
    return all;
}

/// A word of 32 signs from bytes that are 0 or 1.
inline UInt32 signs_of(const Byte* bytes) {
    UInt32 word = 0;
    for (int part = 0; part < 4; ++part) {
        UInt64 eight;
        __builtin_memcpy(&eight, bytes + 8 * part, 8);
        word |= static_cast<UInt32>(eight * 0x0102040810204080u >> 56) << (8 * part);
    }
    return word;
}
/// Signs of weights [panel][word][width outputs], 32 inputs in a word.
inline std::vector<UInt32> sign_panels(const Work& work, Size width) {
    const Size words = work.shape.inputs / 32;
    std::vector<UInt32> all(work.shape.outputs * words);
    for (Size output = 0; output < work.shape.outputs; ++output)
        for (Size k = 0; k < work.shape.inputs; ++k)
            all[(output / width * words + k / 32) * width + output % width] |=
                UInt32(work.weights[output * work.shape.inputs + k] > 0) << (k % 32);
    return all;
}
/// Whether a product of signs is made of whole words and panels.
inline bool is_sign_product(const Work& work, Size width) {
    return work.weight_bits == 1 && work.input_bits == 1 && work.operation == Operation::gemm && work.shape.inputs % 64 == 0 &&
           work.shape.outputs % width == 0;
}

}  // namespace bench
