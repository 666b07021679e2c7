// SPDX-License-Identifier: BSL-1.0
// Nested layers become one flat list, in the order in which they run.
#include "tiny.hpp"

using namespace layer;

template <class... Layers>
using Flat = FlattenedAll<Precision<Real, Real>, Layers...>;
template <class... Layers>
using Atoms = TypeList<Atom<Layers, Precision<Real, Real>>...>;

static_assert(std::is_same_v<Flat<>, Atoms<>>);
static_assert(std::is_same_v<Flat<Relu, Softmax>, Atoms<Relu, Softmax>>);
static_assert(std::is_same_v<Flat<Residual<Relu>, Softmax>, Atoms<BranchBegin, Relu, BranchSum, Softmax>>);
static_assert(std::is_same_v<Flat<Residual<Shortcut<BatchNorm>, Relu>>,
                             Atoms<BranchBegin, ShortcutBegin, BatchNorm, ShortcutEnd, Relu, BranchSum>>);
static_assert(std::is_same_v<Flat<Residual<Shortcut<Subsample>, Relu>>, Atoms<BranchBegin, ShortcutSubsample, Relu, BranchSum>>);
static_assert(std::is_same_v<Flat<Concat<Relu, Sequential<>>>, Atoms<ConcatBegin, Relu, ConcatNext, ConcatNext, ConcatEnd>>);
