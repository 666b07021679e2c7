// SPDX-License-Identifier: BSL-1.0
// The orders of products that count bits: inputs and weights as planes of bits, in words that are compared at once.
#pragma once

#include <aquatint/pack/nibbles.hpp>

namespace aquatint { inline namespace v0 {

/// The bits of one plane of sixteen inputs: what windows and pixels are made of. Of inputs of two planes, those of the lower one
/// and then those of the other.
inline constexpr Size half_bytes = 2;
/// Which of its sixteen bits belongs to an input: packed weights have theirs in this order, and a sum does not mind.
constexpr unsigned bit_of_input(Size input) {
    return static_cast<unsigned>(input % cell_inputs * cell_inputs + input % vector_inputs / cell_inputs);
}
constexpr Size halves_of(Size inputs, unsigned input_planes) { return inputs / vector_inputs * input_planes; }

/// Weights of a panel beside that: a word of 32 bits meets two halves of inputs, which are both planes of the same inputs, or
/// follow each other.
///
///     bytes ((word * planes + plane) * 16 + output) * 4 ...     bit h * 16 + k: the weight of the input whose bit is k of half h
///
/// Every segment starts a new word, runs are whole vectors of sixteen inputs; what an odd number of halves leaves is zero.
struct WordOrder {
    unsigned planes = 1;
    unsigned input_planes = 1;
    Segments inputs;

    static constexpr Size plane_bytes = panel_outputs * 4;
    constexpr Size words_per_segment() const { return ceil_div(halves_of(inputs.run, input_planes), Size(2)); }
    constexpr Size words() const { return inputs.segments * words_per_segment(); }
    constexpr Size segment_bytes() const { return words_per_segment() * planes * plane_bytes; }
    constexpr Size bytes() const { return inputs.segments * segment_bytes(); }
};

}}  // namespace aquatint::v0
