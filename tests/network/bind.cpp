// SPDX-License-Identifier: BSL-1.0
// From layers to steps: what is fused into the step before it, who reads what, and that depth is no problem.
#include "networks.hpp"

#include <doctest/doctest.h>

using namespace aquatint;
using namespace networks;

namespace {

template <class... Layers>
struct Of : Network<Input<Image<8, 6, 3>>, Layers...> {};
template <class... Layers>
constexpr int steps = Of<Layers...>::graph.step_count - 1;   // without the input's
template <class... Layers>
constexpr Step last = Of<Layers...>::graph.steps[steps<Layers...>];

// A product takes one BatchNorm, then one sum, then one activation with it; whatever comes in another order is a step of its own.
static_assert(steps<Conv<3>, BatchNorm, Relu> == 1);
static_assert(steps<Conv<3>, Relu, BatchNorm> == 2);
static_assert(steps<Conv<3>, BatchNorm, BatchNorm> == 2);
static_assert(steps<Conv<3>, Relu, Relu> == 2);
static_assert(steps<Residual<Conv<3>, BatchNorm>, PRelu> == 1);
static_assert(steps<Residual<Conv<3>, BatchNorm>, BatchNorm> == 2);
static_assert(steps<Residual<Residual<Conv<3>>>> == 2);
static_assert(steps<MaxPool<>, Relu> == 2);
static_assert(steps<BatchNorm, Relu> == 1);
static_assert(steps<Residual<BatchNorm>, Relu> == 1);
static_assert(last<Residual<Conv<3>, BatchNorm>, TwoSlopes>.affine_atom == 2 &&
              last<Residual<Conv<3>, BatchNorm>, TwoSlopes>.sum_atom == 3 &&
              last<Residual<Conv<3>, BatchNorm>, TwoSlopes>.activation_atom == 4);

// A value that somebody else reads stays as it is: nothing is fused into its writer.
static_assert(steps<Conv<3>, Residual<Relu>> == 3);
static_assert(steps<Conv<3>, Concat<Relu, Sequential<>>> == 3);
static_assert(steps<Conv<3>, Residual<>> == 2);

// A reshape is no step, and no step grows through it.
static_assert(steps<Conv<3>, Flatten> == 1);
static_assert(steps<Conv<3>, Flatten, Relu> == 2);
static_assert(Of<Conv<3>, Flatten>::graph.values[2].root == 1 && Of<Conv<3>, Flatten>::graph.result == 0);

// The shortcut of Subsample: every second pixel, and the channel that the first one is added to.
static_assert(last<Residual<Shortcut<Subsample>, Conv<8, Kernel<3>, Stride<2>>>>.shortcut_stride == 2);
static_assert(last<Residual<Shortcut<Subsample>, Conv<8, Kernel<3>, Stride<2>>>>.shortcut_channel == 2);
static_assert(last<Residual<Shortcut<Subsample>, Conv<3, Kernel<3>>>>.shortcut_channel == 0);

// 322 layers, below the default limits of the constant evaluator.
using Block = Residual<Conv<16, Kernel<3>>, BatchNorm, Relu, Conv<16, Kernel<3>>, BatchNorm>;
using Blocks = Sequential<Block, Relu, Block, Relu, Block, Relu, Block, Relu>;
using ManyBlocks = Sequential<Blocks, Blocks, Blocks, Blocks, Blocks, Blocks, Blocks, Blocks, Blocks, Blocks>;
struct Deep : Network<Input<Image<4, 4, 16>, Uniform<8>>, Quantized<W8A8C8, ManyBlocks>, GlobalAverage, Dense<10>> {};
static_assert(Deep::Atoms::size == 322 && Deep::graph.step_count == 1 + 80 + 2);
// Whatever the depth: at the end of a block its input, its middle and its output live.
static_assert(Deep::graph.code_bytes == 3 * (6 * 6 * 16 + 64));

}  // namespace

TEST_CASE("the float twin of a network has the same steps, all of them in full precision") {
    using Twin = FullPrecision<Sums<W8A8C8>>;
    CHECK(Twin::graph.step_count == Sums<W8A8C8>::graph.step_count);
    for (int form = 0; form < Twin::graph.form_count; ++form) {
        const bool input = Twin::graph.forms[form].value == 0;
        CHECK((input || Twin::graph.forms[form].atom == nothing));
        CHECK(!Twin::graph.forms[form].codes);
    }
}

TEST_CASE("every value is read by those who say so") {
    const auto& graph = Branches<W8A8, W3A4C8>::graph;
    int readings = 0, readers = 0;
    for (int s = 0; s < graph.step_count; ++s) readings += static_cast<int>(graph.steps[s].input_count);
    for (int v = 0; v < graph.value_count; ++v) {
        const Value& value = graph.values[v];
        if (value.root == v) CHECK(graph.steps[value.writer].output == v);
        readers += value.readers;
    }
    CHECK(readers >= readings);
}
