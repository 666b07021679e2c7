// SPDX-License-Identifier: BSL-1.0
// Arena<Net>: one thread's scratch. Holds nothing between two calls; may contain anything before one.
#pragma once

#include <aquatint/kernel/depthwise.hpp>
#include <aquatint/kernel/lookup_product.hpp>
#include <aquatint/kernel/offset_epilogue.hpp>
#include <aquatint/network/parameters.hpp>

namespace aquatint { inline namespace v0 {

/// What the steps need beside the tensors: the digits of a decoded panel, the same in 16 bits, a panel of floats (a row decodes
/// on the stack), sums of the inputs of each pixel, tables of all inputs.
struct ScratchSizes {
    Size digits = 0, wide = 0, panel = 0, totals = 0, lookup = 0;
};

template <class Net, int Index>
constexpr ScratchSizes step_scratch() {
    constexpr Step step = Net::graph.steps[Index];
    if constexpr (step.work != Work::product) {
        return {};
    } else {
        using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
        constexpr ProductPlan plan = Net::graph.plan(step);
        if constexpr (!Net::graph.forms[step.input_form].codes) {
            return {0, 0, std::is_same_v<Weight, Real> || plan.is_row() ? 0 : plan.segments().inputs() * panel_outputs};
        } else {
            using InputReader = FormPolicy<Net, step.input_form>;
            constexpr Size taps = step.offset ? plan.taps() * panel_outputs : 0;
            constexpr Size totals = step.offset ? OffsetEpilogue<Scalar>::scratch_totals(plan) : 0;
            if constexpr (looks_up<Weight, InputReader>(plan))
                return {0, taps, 0, totals, LookupScratch::bytes<lookup_form<Weight, InputReader>()>(plan)};
            else if constexpr (plan.depthwise()) return {digit_bytes(plan), depthwise_wide<Weight>(plan)};
            else if constexpr (step.offset) return {digit_bytes(plan), taps, 0, totals};
            else {
                constexpr unsigned steps = dot_steps<Weight, ByteLevels<InputReader>::highest_byte>;
                return {digit_bytes(plan), steps == 0 ? digit_bytes(plan) : 0, 0};
            }
        }
    }
}
template <class Net>
constexpr ScratchSizes scratch_sizes() {
    ScratchSizes sizes;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        constexpr ScratchSizes step = step_scratch<Net, static_cast<int>(Index)>();
        sizes = {most(sizes.digits, step.digits), most(sizes.wide, step.wide), most(sizes.panel, step.panel),
                 most(sizes.totals, step.totals), most(sizes.lookup, step.lookup)};
    });
    return sizes;
}

template <class Element, Size Count>
struct Pool {
    alignas(64) Element elements[Count];
    constexpr Element* data() { return elements; }
};
template <class Element>
struct Pool<Element, 0> {
    static constexpr Element* data() { return nullptr; }
};

template <class Net>
struct Arena : Pool<Byte, Net::graph.code_bytes>,
               Pool<float, round_up(Net::graph.real_count, 16)>,
               Pool<Int8, scratch_sizes<Net>().digits>,
               Pool<Int16, scratch_sizes<Net>().wide>,
               Pool<Int32, scratch_sizes<Net>().totals> {
    // Members, because a base of the same type may be there already.
    [[no_unique_address]] Pool<float, scratch_sizes<Net>().panel> panel_scratch;
    [[no_unique_address]] Pool<Byte, scratch_sizes<Net>().lookup> lookup_scratch;

    constexpr Byte* codes() { return Pool<Byte, Net::graph.code_bytes>::data(); }
    constexpr float* reals() { return Pool<float, round_up(Net::graph.real_count, 16)>::data(); }
    constexpr Int8* digits() { return Pool<Int8, scratch_sizes<Net>().digits>::data(); }
    constexpr Int16* wide() { return Pool<Int16, scratch_sizes<Net>().wide>::data(); }
    constexpr Int32* totals() { return Pool<Int32, scratch_sizes<Net>().totals>::data(); }
    constexpr Byte* lookup() { return lookup_scratch.data(); }
    constexpr float* panel() { return panel_scratch.data(); }

    template <int Index>
    constexpr auto tensor() {
        constexpr auto form = Net::graph.forms[Index];
        if constexpr (form.codes) return codes() + form.offset;
        else return reals() + form.offset;
    }
};

}}  // namespace aquatint::v0
