// SPDX-License-Identifier: BSL-1.0
// The gradient of every parameter of every layer is the finite difference of the loss; of
// quantized networks, that of the surrogate.
#include <aquatint/train.hpp>
#include <doctest/doctest.h>

#include <memory>

using namespace aquatint;

namespace {

template <Size Channels>
using Widening =
    Residual<Shortcut<Subsample>, Conv<Channels, Kernel<3>, Stride<2>>, BatchNorm, Relu, Conv<Channels, Kernel<3>>, BatchNorm>;
template <Size Channels>
using Projecting = Residual<Shortcut<Conv<Channels, Kernel<1>>, BatchNorm>, Conv<Channels, Kernel<3>>, BatchNorm>;

struct Plain : Network<Input<Image<6, 6, 3>, Real>, Conv<9, Kernel<3>>, LeakyRelu<>, Conv<8, Kernel<3>, Stride<2>>, Relu6,
                       Flatten, Dense<5>> {};
struct Normed : Network<Input<Image<6, 6, 3>, Real>, Conv<10, Kernel<3>>, BatchNorm, PRelu, Conv<8, Kernel<3>>, TwoSlopes,
                        BatchNorm, GlobalAverage, Dense<5>> {};
struct Branches : Network<Input<Image<6, 6, 3>, Real>, Conv<8, Kernel<3>>, BatchNorm, Relu, Widening<12>, Relu, Projecting<16>,
                          Relu, AveragePool<Kernel<3>, Stride<2>, Padding<1>>, Flatten, Dense<5>> {};
struct Joined : Network<Input<Image<6, 6, 3>, Real>,
                        Concat<Sequential<Conv<4, Kernel<1>>, BatchNorm>, Sequential<Conv<5, Kernel<3>>, Relu>>,
                        MaxPool<Kernel<3>, Stride<2>, Padding<1>>, Depthwise<Kernel<3>>, BatchNorm, Relu,
                        Conv<9, Kernel<3>, Groups<3>>, Flatten, Dense<5>, Softmax> {};

constexpr Size samples = 12, outputs = 5;

/// A network, a batch, and a loss of it: the engine alone, without any optimizer.
template <class Net>
struct Setting {
    train::Model<Net> model{train::Seed{5}};
    train::Engine engine{model.description(), model.spans(), model.learned, 1};
    std::vector<float> inputs = std::vector<float>(samples * Net::input_shape.elements());
    std::vector<float> weights = std::vector<float>(samples * outputs);

    Setting() {
        train::Random random(3);
        for (float& input : inputs) input = static_cast<float>(random.normal());
        for (float& weight : weights) weight = static_cast<float>(random.normal());
        for (float& parameter : model.learned.parameters) parameter += 0.1f * static_cast<float>(random.normal());
    }
    /// The outputs, weighted, and their squares: smooth, and different for every output.
    double loss(std::vector<float>* gradient = nullptr) {
        engine.prepare();
        engine.forward(
            samples,
            [&](Size sample, float* to) {
                std::copy_n(inputs.data() + sample * Net::input_shape.elements(), Net::input_shape.elements(), to);
            },
            train::Statistics::batch);
        double total = 0;
        const train::SampleLoss one = [&](Size sample, const float* output, float* to, Size&) {
            double sum = 0;
            for (Size i = 0; i < outputs; ++i) {
                const double x = static_cast<double>(output[i]), weight = static_cast<double>(weights[sample * outputs + i]);
                sum += weight * x + 0.5 * x * x;
                to[i] = static_cast<float>(weight + x);
            }
            return sum;
        };
        std::vector<float> own;
        total = engine.backward(samples, one, gradient == nullptr ? own : *gradient).loss;
        return total;
    }
    /// The derivative in a direction that moves only the parameters of one span.
    void check(const char* what, train::Span span) {
        if (span.size == 0) return;
        CAPTURE(what);
        std::vector<float> gradient;
        loss(&gradient);
        train::Random random(span.first);
        std::vector<float> direction(span.size);
        double expected = 0, size = 0;
        for (Size i = 0; i < span.size; ++i) {
            direction[i] = static_cast<float>(random.normal()) +
                           (gradient[span.first + i] > 0 ? 1.0f : -1.0f);   // mostly uphill: much is left after rounding
            expected += static_cast<double>(direction[i]) * static_cast<double>(gradient[span.first + i]);
            size += std::fabs(static_cast<double>(direction[i]) * static_cast<double>(gradient[span.first + i]));
        }
        const std::vector<float> before = model.learned.parameters;
        const auto moved = [&](float distance) {
            for (Size i = 0; i < span.size; ++i)
                model.learned.parameters[span.first + i] = before[span.first + i] + distance * direction[i];
            const double there = loss();
            model.learned.parameters = before;
            return there;
        };
        const float step = 2e-4f;
        const double found = (moved(step) - moved(-step)) / (2 * static_cast<double>(step));
        CAPTURE(expected);
        CAPTURE(found);
        CHECK(std::fabs(found - expected) <= 0.03 * size + 2e-3);
        CHECK(size > 1e-3);
    }
    void check_all() {
        for (const train::StepSpans& step : model.spans().steps) {
            check("weight", step.weight);
            check("bias", step.bias);
            check("gamma", step.gamma);
            check("beta", step.beta);
            check("positive slopes", step.positive);
            check("negative slopes", step.negative);
        }
    }
};

}  // namespace

TEST_CASE_TEMPLATE("gradients are finite differences of the loss", Net, Plain, Normed, Branches, Joined) {
    Setting<Net> setting;
    setting.check_all();
}

namespace {

template <class Weight, class Activation>
struct Rounded : Network<Input<Image<6, 6, 3>, Real>, Conv<8, Kernel<3>>, BatchNorm, Relu,
                         Quantized<Precision<Weight, Activation>, Conv<8, Kernel<3>>, BatchNorm>, GlobalAverage, Dense<5>> {};

}  // namespace

TEST_CASE("straight through: a quantized weight has the gradient of the number that it is rounded to") {
    using Net = Rounded<LearnedBasis<2>, Real>;
    using Twin = Rounded<Real, Real>;
    Setting<Net> quantized;
    Setting<Twin> twin;
    const auto& own = quantized.model.spans().steps[2];
    const auto& rule = *quantized.model.description().weights[2];
    auto& learned = quantized.model.learned;
    const Size inputs = own.weight.size / 8;
    for (Size c = 0; c < 8; ++c)
        rule.start({learned.parameters.data() + own.weight.first + c * inputs, inputs}, nullptr,
                   learned.state.data() + own.weight_state.first + c * rule.state);
    REQUIRE(twin.model.spans().parameters == quantized.model.spans().parameters);
    twin.model.learned.parameters = learned.parameters;
    for (Size c = 0; c < 8; ++c) {
        const VectorView<const float> weights(learned.parameters.data() + own.weight.first + c * inputs, inputs);
        rule.quantize(weights, nullptr, learned.state.data() + own.weight_state.first + c * rule.state,
                      twin.model.learned.parameters.data() + own.weight.first + c * inputs);
    }
    CHECK(twin.model.learned.parameters != learned.parameters);
    std::vector<float> gradient, twin_gradient;
    CHECK(quantized.loss(&gradient) == twin.loss(&twin_gradient));
    CHECK(gradient == twin_gradient);
}

TEST_CASE("what is behind a quantized input has exact gradients, and the input's gradient ends at the highest level") {
    using Net = Rounded<Real, LearnedBasis<2>>;
    Setting<Net> setting;
    auto& model = setting.model;
    const auto form = static_cast<Size>(model.description().steps[2].input_form);
    const train::FormSpans& spans = model.spans().forms[form];
    float* basis = model.learned.state.data() + spans.state.first;
    basis[0] = 0.3f;
    basis[1] = 0.5f;
    const train::StepSpans& behind = model.spans().steps[2];
    setting.check("weight behind the quantizer", behind.weight);
    setting.check("gamma behind the quantizer", behind.gamma);

    // With levels past every value and gradients through, the layer before sees what is passed
    // back; with none above zero, nothing.
    std::vector<float> gradient;
    setting.loss(&gradient);
    const train::StepSpans& before = model.spans().steps[1];
    const auto size_of = [&](train::Span span) {
        double size = 0;
        for (Size i = 0; i < span.size; ++i) size += std::fabs(static_cast<double>(gradient[span.first + i]));
        return size;
    };
    const double some = size_of(before.beta);
    basis[0] = basis[1] = 1e-6f;
    setting.loss(&gradient);
    CHECK(size_of(before.beta) < 1e-3 * some);
}

TEST_CASE("a learned step size has the gradient of LSQ for weights and for activations") {
    using Net = Rounded<Uniform<3>, Uniform<3>>;
    Setting<Net> setting;
    auto& model = setting.model;
    const auto form = static_cast<Size>(model.description().steps[2].input_form);
    auto& learned = model.learned;
    const train::StepSpans& own = model.spans().steps[2];
    const auto& rule = *model.description().weights[2];
    const Size inputs = own.weight.size / 8;
    for (Size c = 0; c < 8; ++c)
        rule.start({learned.parameters.data() + own.weight.first + c * inputs, inputs},
                   learned.parameters.data() + own.weight_learned.first + c,
                   learned.state.data() + own.weight_state.first + c * rule.state);
    const std::vector<float> seen{0, 0.5f, 1, 1.5f, 2};
    const train::FormSpans& spans = model.spans().forms[form];
    model.description().activations[form]->start({seen.data(), seen.size()}, learned.parameters.data() + spans.learned.first,
                                                 learned.state.data() + spans.state.first);
    std::vector<float> gradient;
    setting.loss(&gradient);
    double size = 0;
    for (Size c = 0; c < 8; ++c) size += std::fabs(static_cast<double>(gradient[own.weight_learned.first + c]));
    CHECK(size > 0);
    CHECK(gradient[spans.learned.first] != 0);

    // By the formula, from the gradient of the rounded weights.
    std::vector<float> of_weights(inputs, 1.0f);
    float of_scale = 0;
    const VectorView<const float> weights(learned.parameters.data() + own.weight.first, inputs);
    const float scale = learned.parameters[own.weight_learned.first];
    rule.backward(weights, &scale, learned.state.data() + own.weight_state.first, of_weights.data(), &of_scale);
    double expected = 0;
    for (const float w : weights) {
        const double steps = static_cast<double>(w) / static_cast<double>(scale);
        expected += steps < -4 ? -4 : steps > 3 ? 3 : std::nearbyint(steps) - steps;
    }
    CHECK(static_cast<double>(of_scale) == doctest::Approx(expected / std::sqrt(static_cast<double>(inputs) * 4)).epsilon(1e-3));
}
