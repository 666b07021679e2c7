// SPDX-License-Identifier: BSL-1.0
// The one door for mistakes in a network's type: each is one sentence, and `Refused` in the compiler's message carries the layer
// and the two numbers that disagree.
#pragma once

#include <aquatint/network/graph.hpp>

namespace aquatint { inline namespace v0 {

template <Mistake Kind, class Layer, Size Expected, Size Found>
struct Refused {
    static_assert(Kind != Mistake::no_layers, "aquatint: a network has at least one layer after its Input");
    static_assert(Kind != Mistake::dense_reads_image,
                  "aquatint: Dense reads a vector, but the layer before it gives an image: put Flatten or GlobalAverage between them");
    static_assert(Kind != Mistake::kernel_exceeds_image, "aquatint: the kernel reaches further than the padded image");
    static_assert(Kind != Mistake::groups_divide_channels, "aquatint: the groups of a Conv divide its input and its output channels");
    static_assert(Kind != Mistake::sum_of_shapes,
                  "aquatint: the branch of a Residual changes the shape: say Shortcut<Conv<...>> or Shortcut<Subsample> as its first argument");
    static_assert(Kind != Mistake::subsample_of_shapes,
                  "aquatint: Shortcut<Subsample> keeps every n-th row and column and adds channels, and the branch does not fit that");
    static_assert(Kind != Mistake::concat_of_shapes, "aquatint: the branches of a Concat give images of one height and width");
    static_assert(Kind != Mistake::too_many_branches, "aquatint: a Concat has at most eight branches");
    static_assert(Kind != Mistake::accumulator_overflow,
                  "aquatint: a sum of this many products of these widths does not fit the accumulator: use fewer bits or fewer inputs");
    static constexpr bool accepted = Kind == Mistake::none;
};

}}  // namespace aquatint::v0
