// SPDX-License-Identifier: BSL-1.0
// The memory plan: tensors that are needed at the same step never share memory, whatever reads what.
#include "networks.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace aquatint;
using namespace networks;

namespace {

/// The steps between which a form holds something, found from what the steps read and not from what the plan believes.
struct Need {
    int first = 0, last = 0;
};
template <class Graph>
std::vector<Need> needs_of(const Graph& graph) {
    std::vector<Need> needs(static_cast<Size>(graph.form_count));
    for (int f = 0; f < graph.form_count; ++f) {
        const int writer = graph.values[graph.forms[f].value].writer;
        needs[static_cast<Size>(f)] = {writer, writer};
    }
    const auto read = [&](int form, int step) {
        REQUIRE(form != nothing);
        needs[static_cast<Size>(form)].last = most(needs[static_cast<Size>(form)].last, step);
    };
    for (int s = 0; s < graph.step_count; ++s) {
        const Step& step = graph.steps[s];
        if (step.shortcut != nothing) read(step.shortcut_form, s);
        if (step.work == Work::product || step.work == Work::pointwise || step.work == Work::softmax) read(step.input_form, s);
        if (step.work != Work::pooling && step.work != Work::concat) continue;
        for (int f = 0; f < graph.form_count; ++f) {
            const Form& form = graph.forms[f];
            if (form.value != step.output) continue;
            const bool uneven = form.codes ? !form.linear : form.atom != nothing;
            if (step.work == Work::pooling && step.pooling.average && uneven) continue;   // made from the mean of the numbers
            for (Size input = 0; input < step.input_count; ++input) read(graph.find(step.inputs[input], form.policy, form.codes), s);
        }
    }
    read(graph.result, graph.step_count);
    return needs;
}

/// Two forms of one pool that are needed at one step, and share an element; kernels read up to a vector past the end.
template <class Graph>
bool overlaps(const Graph& graph) {
    const std::vector<Need> needs = needs_of(graph);
    for (int a = 0; a < graph.form_count; ++a)
        for (int b = 0; b < a; ++b) {
            const Form &one = graph.forms[a], &other = graph.forms[b];
            const Need &when = needs[static_cast<Size>(a)], &then = needs[static_cast<Size>(b)];
            if (one.codes != other.codes || when.first > then.last || then.first > when.last) continue;
            const Size slack = one.codes ? 64 : 16;
            if (one.offset < other.offset + graph.extent(other).elements() + slack &&
                other.offset < one.offset + graph.extent(one).elements() + slack)
                return true;
        }
    return false;
}
/// The plan keeps a form as long as somebody reads it, and no longer.
template <class Graph>
bool lives_as_needed(const Graph& graph) {
    const std::vector<Need> needs = needs_of(graph);
    for (int f = 0; f < graph.form_count; ++f)
        if (graph.forms[f].born != needs[static_cast<Size>(f)].first || graph.forms[f].dies != needs[static_cast<Size>(f)].last)
            return false;
    return true;
}
template <class Graph>
bool inside_pools(const Graph& graph) {
    for (int f = 0; f < graph.form_count; ++f) {
        const Form& form = graph.forms[f];
        const Size size = form.codes ? graph.code_bytes : graph.real_count, unit = form.codes ? 64 : 16;
        if (form.offset % unit != 0 || form.offset + graph.extent(form).elements() > size) return false;
    }
    return true;
}
/// The least that any plan needs: what is alive at the fullest step.
template <class Graph>
Size fullest_step(const Graph& graph, bool codes) {
    const std::vector<Need> needs = needs_of(graph);
    Size fullest = 0;
    for (int s = 0; s < graph.step_count; ++s) {
        Size alive = 0;
        for (int f = 0; f < graph.form_count; ++f)
            if (graph.forms[f].codes == codes && needs[static_cast<Size>(f)].first <= s && s <= needs[static_cast<Size>(f)].last)
                alive += graph.extent(graph.forms[f]).elements();
        fullest = most(fullest, alive);
    }
    return fullest;
}

template <class Net>
void plan_holds(const char* name) {
    CAPTURE(doctest::String(name));
    CHECK(!overlaps(Net::graph));
    CHECK(inside_pools(Net::graph));
    CHECK(lives_as_needed(Net::graph));
    // First fit is not the optimum; this keeps it from wasting.
    CHECK(Net::graph.code_bytes <= 2 * fullest_step(Net::graph, true) + 1024);
    CHECK(Net::graph.real_count <= 2 * fullest_step(Net::graph, false) + 256);
}

}  // namespace

#define PLAN_HOLDS(...) plan_holds<__VA_ARGS__>(#__VA_ARGS__)

TEST_CASE("tensors that live at the same time never overlap") {
    PLAN_HOLDS(UniformWeights);
    PLAN_HOLDS(SearchedActivations);
    PLAN_HOLDS(SearchedAverages);
    PLAN_HOLDS(OneSided);
    PLAN_HOLDS(RealOffsets);
    PLAN_HOLDS(Windows<W8A8>);
    PLAN_HOLDS(Windows<Float, Floats>);
    PLAN_HOLDS(Slender<W2A2>);
    PLAN_HOLDS(Sums<W8A8>);
    PLAN_HOLDS(Sums<W8A8C8>);
    PLAN_HOLDS(Sums<Float>);
    PLAN_HOLDS(Branches<W8A8, W3A4C8>);
    PLAN_HOLDS(Branches<W3A4C8, Float>);
    PLAN_HOLDS(FullPrecision<Branches<W8A8, W3A4C8>>);
    PLAN_HOLDS(Activations<W8A8C8>);
    PLAN_HOLDS(PreActivation<W8A8C8>);
    PLAN_HOLDS(RawInput);
    PLAN_HOLDS(FlatInput);
    PLAN_HOLDS(ManyReadings);
    PLAN_HOLDS(OnlyShapes);
    PLAN_HOLDS(OnlySoftmax);
}

TEST_CASE("a plan that shares memory too early is seen") {
    auto graph = Sums<W8A8C8>::graph;
    REQUIRE(!overlaps(graph));
    for (int f = 0; f < graph.form_count; ++f) graph.forms[f].offset = graph.forms[f].offset / 2;
    CHECK(overlaps(graph));
}
