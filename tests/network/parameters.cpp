// SPDX-License-Identifier: BSL-1.0
// Parameters and arenas as objects: trivially copyable, aligned for the kernels, each section where its owner finds it.
#include "networks.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <memory>

using namespace aquatint;
using namespace networks;

namespace {

template <class Net>
constexpr bool plain_object = std::is_trivially_copyable_v<Parameters<Net>>&&
    std::is_trivially_default_constructible_v<Arena<Net>>&& std::is_trivially_copyable_v<Arena<Net>>;
static_assert(plain_object<UniformWeights> && plain_object<OffsetBases> && plain_object<RealOffsets>);
static_assert(plain_object<Windows<Float, Floats>> && plain_object<Sums<W8A8C8>> && plain_object<Activations<W8A8C8>>);
static_assert(plain_object<OnlyShapes> && plain_object<OnlySoftmax>);
static_assert(alignof(Parameters<UniformWeights>) == 64 && alignof(Arena<UniformWeights>) == 64);
static_assert(std::is_empty_v<Parameters<OnlySoftmax>>);

// Levels have one owner: behind pooling and concat it is a form before them.
struct Pooled : Network<Floats, Conv<4>, MaxPool<>, AveragePool<>, Quantized<W8A8, Conv<2>>> {};
constexpr bool one_owner = [] {
    int owners = 0;
    for (int form = 0; form < Pooled::graph.form_count; ++form)
        owners += Pooled::graph.forms[form].atom != nothing && Pooled::graph.forms[form].levels == form ? 1 : 0;
    return owners == 1;
}();
static_assert(one_owner);

}  // namespace

TEST_CASE("levels behind pooling are those before it") {
    Parameters<Pooled> parameters{};
    const auto* owned = static_cast<const void*>(&levels_of<Pooled::graph.steps[4].input_form>(parameters));
    for_each_index(FormIndices<Pooled>{}, [&]<Size Form>() {
        if constexpr (Pooled::graph.forms[Form].atom != nothing)
            CHECK(static_cast<const void*>(&levels_of<static_cast<int>(Form)>(parameters)) == owned);
    });
}

TEST_CASE("tensors and packed weights are aligned to cache lines") {
    using Net = Sums<W8A8>;
    const auto parameters = std::make_unique<Parameters<Net>>();
    const auto arena = std::make_unique<Arena<Net>>();
    const auto aligned = [](const void* address) { return reinterpret_cast<std::uintptr_t>(address) % 64 == 0; };
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        auto& own = step_of<static_cast<int>(Index)>(*parameters);
        if constexpr (requires { own.weights; }) CHECK(aligned(own.weights));
    });
    for_each_index(FormIndices<Net>{}, [&]<Size Form>() { CHECK(aligned(arena->template tensor<static_cast<int>(Form)>())); });
    CHECK(aligned(arena->digits()));
    CHECK(aligned(arena->wide()));
}
