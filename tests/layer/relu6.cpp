// SPDX-License-Identifier: BSL-1.0
// Relu6: clamped to 0 ... 6.
#include "tiny.hpp"

using namespace layer;

TEST_CASE("Relu6") {
    struct Net : Network<Input<Vector<5>>, Relu6> {};
    CHECK(Tiny<Net>{}({-1, 0, 5.5f, 6.5f, 1e30f}) == Numbers{0, 0, 5.5f, 6, 6});
}

TEST_CASE("Relu6 in codes: the codes above six are never written") {
    struct Net : Network<Input<Vector<1>>, Dense<3>, Relu6, Quantized<Precision<Uniform<8>, Uniform<8>>, Dense<1>>> {};
    Tiny<Net> net;
    net.weights<1>({1, 2, 3});
    constexpr int form = Net::graph.steps[2].input_form;
    levels_of<form>(net.parameters) = {0.5f, 10};   // -5 ... 122.5
    const ProductPlan plan = Net::graph.plan(Net::graph.steps[2]);
    for (Size i = 0; i < 3; ++i) CellOrder{8, 1, plan.segments()}.store(step_of<2>(net.parameters).weights, 0, 0, i, 1);
    CHECK(net({2.5f}) == Numbers{0.5f * (10 + 5 + 10 + 10 + 10 + 12)});
    CHECK(net({-2.5f}) == Numbers{0.5f * 30});
}
