// SPDX-License-Identifier: BSL-1.0
// What is trained is what runs: the packed network has training's codes and levels, computes what plain loops over them compute,
// bit for bit, and what training's forward pass simulates, up to the rounding of its sums.
#include "../support/plain_evaluation.hpp"
#include "bars.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <memory>

using namespace aquatint;

namespace {

template <class Net, class Method>
struct Trained {
    bars::Pictures pictures;
    train::Data data;
    train::Model<Net, Method> model;
    std::unique_ptr<Parameters<Net>> parameters{new Parameters<Net>};

    explicit Trained(const Normalization& meaning)
        : pictures(480, 11, Net::input_shape.channels), data(pictures.data()), model(train::Seed{2}, meaning) {
        train::Options options{.epochs = 2, .batch = 32, .optimizer = train::Sgd{.rate = 0.05}};
        REQUIRE(!train::fit(model, data, options));
        const Error problem = freeze(model, *parameters);
        const std::string sentence = problem.message().c_str();
        INFO(sentence);
        REQUIRE(!problem);
    }
    /// The weights' integers in training's own order against those that were packed.
    template <int Index>
    void same_codes(const plain::Model& packed) const {
        constexpr Step step = Net::graph.steps[Index];
        if constexpr (step.work == Work::product) {
            using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
            if constexpr (Integral<Weight>) {
                using Training = typename Method::template Weight<Weight>;
                const train::StepSpans& spans = model.spans().steps[Index];
                const Geometry& g = step.product.geometry;
                const Size outputs = step.product.outputs, inputs = spans.weight.size / outputs,
                           taps = g.kernel_height * g.kernel_width;
                const plain::StepModel& own = packed.steps[Index];
                Size different = 0;
                for (Size o = 0; o < outputs; ++o) {
                    const VectorView<const float> weights(model.learned.parameters.data() + spans.weight.first + o * inputs,
                                                          inputs);
                    const train::WeightRule& rule = *model.description().weights[Index];
                    const float* const state = model.learned.state.data() + spans.weight_state.first + o * rule.state;
                    const float* const learned = model.learned.parameters.data() + spans.weight_learned.first + o * rule.learned;
                    const auto levels = Training::levels(weights, rule.context, learned, state);
                    std::vector<float> rounded(inputs);
                    train::round_weights<Weight, Training>(weights, levels, state, rounded.data());
                    for (Size i = 0; i < inputs; ++i) {
                        const Size channel = i / taps, tap = i % taps;
                        const Int64 integer = Terms<Weight>::integer(Weight::encode(rounded[i], levels), levels);
                        different += integer != own.integers[o * inputs + tap * (inputs / taps) + channel] ? 1u : 0u;
                    }
                }
                CHECK(different == 0);
            }
        }
    }
};

/// How many elements of the quantized inputs are not those that training's forward pass reads.
template <class Net, class Method>
void codes_agree(Trained<Net, Method>& trained) {
    constexpr Size batch = 64;
    const auto arena = std::make_unique<Arena<Net>>();
    train::Engine engine(trained.model.description(), trained.model.spans(), trained.model.learned, 1);
    train::Workspace& work = engine.workspace();
    trained.model.describe_bytes(work);
    engine.prepare();
    engine.forward(
        batch,
        [&](Size sample, float* to) {
            train::read_sample(trained.data, sample, Net::input_shape, trained.model.normalization, {}, to);
        },
        train::Statistics::running);
    const Evaluator<Net, Native> evaluator{*trained.parameters, *arena};
    double elements = 0, different = 0;
    Size same_class = 0;
    for (Size sample = 0; sample < batch; ++sample)
        for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
            constexpr Step step = Net::graph.steps[Index];
            if constexpr (step.work == Work::product && Net::graph.forms[step.input_form].atom != nothing) {
                constexpr int form = step.input_form;
                using Reader = FormPolicy<Net, form>;
                const Extent extent = Net::graph.extent(Net::graph.forms[form], step.input());
                const auto* tensor = arena->template tensor<form>();
                std::vector<float> simulated(work.steps[Index].product->input_extent().elements());
                work.read_input(Index, sample, simulated.data());
                const Extent own = work.steps[Index].product->input_extent();
                const auto& levels = levels_of<form>(*trained.parameters);
                for (Size y = 0; y < extent.shape.height; ++y)
                    for (Size i = 0; i < extent.shape.width * extent.shape.channels; ++i) {
                        float level = 0;
                        if constexpr (Net::graph.forms[form].raw) {
                            const float zero = step_of<0>(*trained.parameters).zero[i % extent.shape.channels];
                            level = levels.scale * (static_cast<float>(tensor[extent.at(y, 0) + i]) - zero);
                        } else if constexpr (Net::graph.forms[form].codes) {
                            level =
                                levels.scale * static_cast<float>(tensor[extent.at(y, 0) + i] - ByteLevels<Reader>::zero(levels));
                            if constexpr (SignReading<Reader>) level += levels.offset;
                        } else {
                            level = tensor[extent.at(y, 0) + i];
                        }
                        level *= Method::template Activation<Reader>::factor(
                            trained.model.learned.parameters.data() +
                            trained.model.spans().forms[static_cast<Size>(Net::graph.forms[form].levels)].learned.first);
                        const float expected = simulated[own.at(y, 0) + i];
                        elements += 1;
                        different +=
                            std::fabs(level - expected) > 1e-3f * (std::fabs(expected) + std::fabs(levels.scale)) ? 1 : 0;
                    }
            }
            evaluator.template run_step<static_cast<int>(Index)>(trained.pictures[sample]);
            if constexpr (Index + 1 == static_cast<Size>(Net::graph.step_count)) {
                const float* packed = arena->template tensor<Net::graph.result>();
                same_class += train::largest_of(packed, bars::classes) ==
                                      train::largest_of(work.value(Net::graph.output, sample), bars::classes)
                                  ? 1u
                                  : 0u;
            }
        });
    CHECK(different <= 0.001 * elements);
    CHECK(same_class >= batch - 1);
}

template <class Net>
bool agrees_with_plain_loops(const Parameters<Net>& parameters, const plain::Model& model, const Byte* picture) {
    plain::Evaluation evaluation(model);
    const std::vector<float> expected = evaluation.run(picture);
    const auto arena = std::make_unique<Arena<Net>>();
    const VectorView<const float> found = infer(parameters, *arena, picture);
    return std::memcmp(found.data, expected.data(), expected.size() * sizeof(float)) == 0;
}

template <class Precision, class Method = train::OwnTraining,
          class First = Quantized<aquatint::Precision<Real, Real>, Conv<16, Kernel<3>>>, Size Channels = 1,
          class Last = aquatint::Precision<Real, Real>>
void trained_is_deployed(const Normalization& meaning = {{0.3f}, {0.25f}}) {
    using Net = bars::Small<Precision, First, Channels, Last>;
    Trained<Net, Method> trained(meaning);
    plain::Model model = plain::unpack(*trained.parameters);
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() { trained.template same_codes<static_cast<int>(Index)>(model); });
    for (Size i = 0; i < 8; ++i) CHECK(agrees_with_plain_loops(*trained.parameters, model, trained.pictures[i]));
    codes_agree(trained);

    // The comparison would see one code that is another, and one scale that is 5 % off.
    for (plain::StepModel& step : model.steps) {
        if (step.integers.empty()) continue;
        const plain::StepModel before = step;
        const auto seen = [&] {
            bool all = true;
            for (Size i = 0; i < 32; ++i) all = all && agrees_with_plain_loops(*trained.parameters, model, trained.pictures[i]);
            step = before;
            return !all;
        };
        const Size outputs = step.weight_scale.size(), inputs = step.integers.size() / outputs,
                   weight = outputs / 2 * inputs + inputs / 2;
        const Int64 other = step.integers[weight] == step.integers[weight + 1]
                                ? step.integers[weight] + step.integers[weight] / 2 + 1
                                : step.integers[weight + 1];
        step.integers[weight] = other;
        step.reals[weight] = static_cast<float>(other) * step.weight_scale[outputs / 2];
        CHECK(seen());
        step.weight_scale[outputs / 2] *= 1.05f;
        for (Size i = 0; i < inputs; ++i) step.reals[outputs / 2 * inputs + i] *= 1.05f;
        CHECK(seen());
    }
}

/// Levels that nothing moves.
struct FixedSteps {
    static constexpr unsigned bits = 2, codes = 3;
    static constexpr const char* name = "fixed_steps/1";
    struct Levels {};
    static constexpr float decode(unsigned code, Levels) { return 0.25f * (static_cast<float>(code) - 1); }
    static constexpr unsigned encode(float x, Levels) { return x > 0.125f ? 2 : x < -0.125f ? 0 : 1; }
    static constexpr Levels fit(VectorView<const float>) { return {}; }
};

template <class Weight, class Activation, class CarryPolicy = Carry<Real>>
using Blocks = Precision<Weight, Activation, CarryPolicy>;

}  // namespace

TEST_CASE("trained is deployed: learned bases" * doctest::test_suite("long")) {
    trained_is_deployed<Blocks<LearnedBasis<2>, LearnedBasis<2>>>();
    trained_is_deployed<Blocks<LearnedBasis<3>, LearnedBasis<3>>>();
    trained_is_deployed<Blocks<LearnedBasis<1>, LearnedBasis<2>>>();
    trained_is_deployed<Blocks<LearnedBasis<2>, Real>>();
    trained_is_deployed<Blocks<LearnedBasis<2, Offset>, LearnedBasis<2>>>();
}
TEST_CASE("trained is deployed: learned steps, ternary, binary" * doctest::test_suite("long")) {
    trained_is_deployed<Blocks<Uniform<4>, Uniform<4>>>();
    trained_is_deployed<Blocks<Uniform<8>, Uniform<8>, Carry<Uniform<8>>>>();
    trained_is_deployed<Blocks<Ternary, Uniform<8>>>();
    trained_is_deployed<Blocks<AsymmetricTernary, Uniform<8>>>();
    trained_is_deployed<Blocks<Log2<5>, Uniform<8>>>();
    trained_is_deployed<Blocks<Binary, LearnedBasis<2>>>();
    trained_is_deployed<Blocks<AdaptiveBinary, AdaptiveBinary>>();
    trained_is_deployed<Blocks<AdaptiveBinary, Uniform<4>>>();
}
TEST_CASE("trained is deployed: methods of the literature" * doctest::test_suite("long")) {
    trained_is_deployed<Blocks<Uniform<4>, Uniform<4>>, train::Pact>();
    trained_is_deployed<Blocks<LearnedBasis<2>, Uniform<2>>, train::DoReFa>();
    trained_is_deployed<Blocks<Binary, Uniform<2>>, train::DoReFa>();
    trained_is_deployed<Blocks<LearnedBasis<2>, LearnedBasis<2>>, train::EvenBasis>();
    trained_is_deployed<Blocks<Log2<4>, Uniform<8>>, train::Inq>();
    trained_is_deployed<Blocks<Binary, LearnedBasis<2>>, train::ReCu>();
}
TEST_CASE("trained is deployed: the first layer reads the caller's bytes, each colour with a meaning of its own") {
    using First = Quantized<Precision<Uniform<8>, Uniform<8>>, Conv<16, Kernel<3>>>;
    trained_is_deployed<Blocks<LearnedBasis<2>, LearnedBasis<2>>, train::OwnTraining, First, 3>(
        {{0.3f, 0.5f, 0.4f}, {0.2f, 0.25f, 0.3f}});
}

TEST_CASE("trained is deployed: first and last layer in 8 bits about two bits") {
    using Ends = Precision<Uniform<8>, Uniform<8>>;
    using First = Quantized<Ends, Conv<16, Kernel<3>>>;
    trained_is_deployed<Blocks<LearnedBasis<2>, LearnedBasis<2>>, train::OwnTraining, First, 3, Ends>(
        {{0.3f, 0.5f, 0.4f}, {0.2f, 0.25f, 0.3f}});
}

TEST_CASE("what cannot be frozen says so") {
    using Net = bars::Small<Blocks<LearnedBasis<2>, LearnedBasis<2>>>;
    const train::Model<Net> model;
    const auto parameters = std::make_unique<Parameters<Net>>();
    CHECK(std::strcmp(freeze(model, *parameters).message().c_str(),
                      "model: the levels of a network that was never trained are not known") == 0);

    using Steps = bars::Small<Blocks<FixedSteps, Uniform<8>>>;
    train::Model<Steps> steps(train::Seed{1}, {{0.3f}, {0.25f}});
    const bars::Pictures pictures(64, 1);
    REQUIRE(!train::fit(steps, pictures.data(), {.epochs = 1, .batch = 32}));
    const auto packed = std::make_unique<Parameters<Steps>>();
    CHECK(std::strcmp(freeze(steps, *packed).message().c_str(),
                      "step 2 output 0: the levels of these weights cannot take in the factor of a BatchNorm: leave it out, or "
                      "choose another policy") == 0);
}

TEST_CASE("a channel whose weights vanished beside its bias can be frozen") {
    using Net = bars::Small<Blocks<LearnedBasis<2>, LearnedBasis<2>>>;
    train::Model<Net> model(train::Seed{1}, {{0.3f}, {0.25f}});
    const bars::Pictures pictures(320, 1);
    REQUIRE(!train::fit(model, pictures.data(), {.epochs = 1, .batch = 32}));
    const train::StepSpans& spans = model.spans().steps[2];
    const Size inputs = spans.weight.size / spans.gamma.size;
    for (Size i = 0; i < inputs; ++i) model.learned.parameters[spans.weight.first + i] *= 1e-8f;
    for (Size k = 0; k < 2; ++k) model.learned.state[spans.weight_state.first + k] *= 1e-8f;
    model.learned.parameters[spans.beta.first] = 3;

    const auto parameters = std::make_unique<Parameters<Net>>();
    const Error problem = freeze(model, *parameters);
    const std::string sentence = problem.message().c_str();
    INFO(sentence);
    REQUIRE(!problem);
    CHECK(bars::count_agreeing(model, *parameters, pictures) >= pictures.count() - 1);
}
