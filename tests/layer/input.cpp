// SPDX-License-Identifier: BSL-1.0
// Input: a shape, and what the caller hands over.
#include "tiny.hpp"

using namespace layer;

static_assert(Image<2, 3>::shape == Shape{2, 3, 1} && Image<2, 3, 4>::shape == Shape{2, 3, 4} &&
              Vector<5>::shape == Shape{1, 1, 5});

struct Floats : Network<Input<Image<2, 3, 4>>, Flatten> {};
struct Bytes : Network<Input<Image<1, 2, 2>, Uniform<8>>, Flatten> {};
static_assert(std::is_same_v<InputElement<Floats>, float> && std::is_same_v<InputElement<Bytes>, Byte>);

TEST_CASE("Input: bytes have a scale and a zero by channel, which need not be whole") {
    Tiny<Bytes> net;
    net.fill(step_of<0>(net.parameters).scale, {0.5f, 2}).fill(step_of<0>(net.parameters).zero, {100.5f, 10});
    const Byte input[] = {101, 9, 0, 255};
    const VectorView<const float> output = infer(net.parameters, net.arena, input);
    CHECK(Numbers(output.begin(), output.end()) == Numbers{0.25f, -2, -50.25f, 490});
}

TEST_CASE("Input: a product reads the bytes themselves, its border is the rounded zero; all else reads numbers") {
    struct Net : Network<Input<Image<1, 2>, Uniform<8>>, Quantized<Precision<Uniform<8>, Uniform<8>>, Conv<1, Kernel<1, 3>>>> {};
    Tiny<Net> net;
    auto& own = step_of<1>(net.parameters);
    constexpr ProductPlan plan = Net::graph.plan(Net::graph.steps[1]);
    for (Size kx = 0; kx < 3; ++kx) {
        const auto [segment, at] = plan.place(0, 0, kx);
        CellOrder{8, 1, plan.segments()}.store(own.weights, 0, segment, at, kx == 1 ? 1 : 2);
    }
    step_of<0>(net.parameters).zero[0] = 99.6f;
    const Byte input[] = {3, 7};
    CHECK(infer(net.parameters, net.arena, input)[0] == 2 * 100 + 3 + 2 * 7);
    CHECK(infer(net.parameters, net.arena, input)[1] == 2 * 3 + 7 + 2 * 100);
}

TEST_CASE("Input: bytes past the highest code are the highest") {
    struct Net : Network<Input<Vector<2>, Uniform<2>>, Quantized<Precision<Uniform<8>, Uniform<2>>, Dense<1>>> {};
    Tiny<Net> net;
    constexpr ProductPlan plan = Net::graph.plan(Net::graph.steps[1]);
    for (Size i = 0; i < 2; ++i) CellOrder{8, 1, plan.segments()}.store(step_of<1>(net.parameters).weights, 0, 0, i, 1);
    const Byte input[] = {200, 2};
    CHECK(infer(net.parameters, net.arena, input)[0] == 3 + 2);
}
