// SPDX-License-Identifier: BSL-1.0
// infer as a constant expression, under the default limits of the compilers; and that the comparison with the plain evaluation
// would see one wrong code or one wrong scale.
#include "equal.hpp"
#include "networks.hpp"

#include <bit>

using namespace aquatint;
using namespace networks;

namespace {

/// Parameters that the constant evaluator can make: codes from a linear congruence, levels of about the right size.
template <class Net>
struct Constant {
    UInt32 state = 1;
    constexpr UInt32 next() {
        state = state * 1664525u + 1013904223u;
        return state >> 16;
    }
    template <class Levels>
    constexpr void level(Levels& levels, float scale, Int32 zero) {
        if constexpr (requires { levels.scale; }) levels.scale = scale;
        if constexpr (requires { levels.zero; }) levels.zero = zero;
    }
    template <int Index>
    constexpr void fill(Parameters<Net>& parameters) {
        constexpr Step step = Net::graph.steps[Index];
        auto& own = step_of<Index>(parameters);
        if constexpr (step.work == Work::product) {
            constexpr ProductPlan plan = Net::graph.plan(step);
            using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
            constexpr Segments segments = plan.segments();
            for (Size o = 0; o < step.product.outputs; ++o) {
                if constexpr (StepParameters<Net, Index>::integer) own.bias[o] = static_cast<Int32>(next() % 100) - 50;
                else own.bias[o] = static_cast<float>(next() % 65) / 64.0f - 0.5f;
                if constexpr (!std::is_same_v<Weight, Real>) level(own.levels[o], 0.01f, 1);
                for (Size segment = 0; segment < segments.segments; ++segment)
                    for (Size i = 0; i < segments.run; ++i) {
                        if constexpr (std::is_same_v<Weight, Real>)
                            own.weights[RealOrder{plan.part_outputs(), segments.inputs()}.place(o, segment * segments.run + i)] =
                                static_cast<float>(next() % 65) / 64.0f - 0.5f;
                        else
                            CellOrder{Weight::bits, plan.part_outputs(), segments}.store(
                                own.weights, o, segment, i, next() % static_cast<UInt32>(Weight::codes));
                    }
            }
        } else if constexpr (step.work == Work::entry && !std::is_empty_v<StepParameters<Net, Index>>) {
            for (auto& scale : own.scale) scale = 0.01f;
        }
    }
    constexpr Parameters<Net> filled() {
        Parameters<Net> parameters{};
        for_each_index(StepIndices<Net>{}, [&]<Size Index>() { fill<static_cast<int>(Index)>(parameters); });
        for_each_index(FormIndices<Net>{}, [&]<Size Index>() {
            if constexpr (owns_levels<Net, static_cast<int>(Index)>)
                level(levels_of<static_cast<int>(Index)>(parameters), 0.02f, 3);
        });
        return parameters;
    }
};

template <class Net>
struct Question {
    InputElement<Net> elements[Net::input_shape.elements()]{};
    constexpr Question() {
        UInt32 state = 7;
        for (auto& element : elements) {
            state = state * 1664525u + 1013904223u;
            element = static_cast<InputElement<Net>>(static_cast<Byte>(state >> 24));
        }
    }
};
template <class Net>
struct Answer {
    float elements[Net::graph.values[Net::graph.output].shape.elements()]{};
    constexpr explicit Answer(const Parameters<Net>& parameters) {
        Arena<Net> arena{};
        const VectorView<const float> output = infer(parameters, arena, Question<Net>{}.elements);
        for (Size i = 0; i < output.size; ++i) elements[i] = output[i];
    }
};

/// 1,464 weights of 4 bits, and as many accumulations.
struct Digits : Network<Input<Image<6, 7>, Uniform<8>>, Flatten, Quantized<W4A8, Dense<24>, Relu, Dense<14>, Relu, Dense<9>>> {};
/// 1,168 weights of 2 bits at 2-bit activations, 4,968 accumulations.
struct Pictures
    : Network<Input<Image<5, 5, 2>, Uniform<2>>,
              Quantized<W2A2, Conv<8, Kernel<3>, Padding<0>>, Relu, Conv<16, Kernel<3>, Padding<0>>, Relu, Dense<10>>> {};
/// Everything else once: sums, pooling, depthwise, real sections, bases, softmax.
struct Sampler : Network<Input<Image<4, 3, 2>, Uniform<8>>,
                         Quantized<W3A4C8, Residual<Conv<2, Kernel<3>>, Relu>, Depthwise<Kernel<3>>, Relu>, MaxPool<>, PRelu,
                         Quantized<P<LearnedBasis<2>, LearnedBasis<2>>, Conv<3>>, Concat<Conv<2>, Sequential<>>, GlobalAverage,
                         Dense<3>, Softmax> {};

constexpr Parameters<Digits> digits = Constant<Digits>{}.filled();
constexpr Answer<Digits> digits_answer(digits);
static_assert(argmax({digits_answer.elements, 9}) == 5);

constexpr Parameters<Pictures> pictures = Constant<Pictures>{}.filled();
constexpr Answer<Pictures> pictures_answer(pictures);
static_assert(argmax({pictures_answer.elements, 10}) == 3);

constexpr Parameters<Sampler> sampler = Constant<Sampler>{}.filled();
constexpr Answer<Sampler> sampler_answer(sampler);
static_assert(argmax({sampler_answer.elements, 3}) == 1);

std::vector<UInt32> bits_of(VectorView<const float> numbers) {
    std::vector<UInt32> bits(numbers.size);
    std::memcpy(bits.data(), numbers.data, numbers.size * sizeof(float));
    return bits;
}
template <class Net>
std::vector<UInt32> answer_on_native(const Parameters<Net>& parameters) {
    const auto arena = std::make_unique<Arena<Net>>();
    std::memset(static_cast<void*>(arena.get()), 0xff, sizeof *arena);
    return bits_of(infer(parameters, *arena, Question<Net>{}.elements));
}

}  // namespace

TEST_CASE("infer is a constant expression, with the bits of the run time") {
    CHECK((answer_on_native(digits) == bits_of(digits_answer.elements)));
    CHECK((answer_on_native(pictures) == bits_of(pictures_answer.elements)));
    CHECK((answer_on_native(sampler) == bits_of(sampler_answer.elements)));
}

namespace {

/// Whether a step of infer with `disturbed` parameters differs from the plain evaluation of
/// the intact ones, for one input of a few.
template <class Net>
bool is_seen(const Parameters<Net>& intact, const Parameters<Net>& disturbed) {
    const plain::Model model = plain::unpack(intact);
    for (UInt64 seed = 1; seed <= 4; ++seed) {
        const support::RandomInput<Net> input(seed);
        plain::Evaluation expected(model);
        expected.run(input.elements);
        if (laws::first_difference<Native>(disturbed, input.elements, expected) != nothing) return true;
    }
    return false;
}

template <class Net, class Change>
bool is_seen(Change change) {
    const auto intact = std::make_unique<Parameters<Net>>();
    support::random_parameters(*intact, 7);
    const auto disturbed = std::make_unique<Parameters<Net>>(*intact);
    change(*disturbed);
    return is_seen(*intact, *disturbed);
}

using Witness = Sums<W8A8C8>;
constexpr int first_product = 1;

}  // namespace

TEST_CASE("one wrong code, bias, scale or zero point is seen") {
    CHECK(!is_seen<Witness>([](auto&) {}));
    CHECK(is_seen<Witness>([](auto& parameters) { step_of<first_product>(parameters).weights[0] ^= 1; }));
    CHECK(is_seen<Witness>([](auto& parameters) { step_of<first_product>(parameters).bias[1] += 4000; }));
    CHECK(is_seen<Witness>([](auto& parameters) { step_of<first_product>(parameters).levels[2].scale *= 1.01f; }));
    CHECK(is_seen<Witness>([](auto& parameters) {
        constexpr int form = Witness::graph.steps[first_product].input_form;
        levels_of<form>(parameters).scale *= 1.01f;
    }));
    CHECK(is_seen<Witness>([](auto& parameters) {
        constexpr int form = Witness::graph.forms[Witness::graph.steps[first_product + 1].input_form].levels;
        levels_of<form>(parameters).zero ^= 1;
    }));
}
