// SPDX-License-Identifier: BSL-1.0
// Pseudo-random parameters for any network: valid ones, whose activations keep about the same size from layer to layer, so that
// every weight has its part in the outputs. The same bits on every machine: no product is followed by a sum that a compiler may
// join to it, and nothing of the mathematical library is used that may be rounded otherwise elsewhere.
#pragma once

#include <cmath>
#include <cstring>

#include <aquatint/network/infer.hpp>
#include <aquatint/policy/policies.hpp>
#include <aquatint/policy/scale.hpp>

namespace support {

using namespace aquatint;

/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014: SplitMix64.
struct Random {
    UInt64 state = 0;

    constexpr UInt64 next() {
        UInt64 z = state += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return z ^ z >> 31;
    }
    constexpr UInt64 below(UInt64 count) { return next() % count; }
    constexpr Int64 between(Int64 low, Int64 high) {
        return low + static_cast<Int64>(below(static_cast<UInt64>(high - low + 1)));
    }
    constexpr float real(float low, float high) {
        return exact_fma(high - low, static_cast<float>(next() >> 40) * 0x1p-24f, low);
    }
};

/// The root of the mean square of all levels.
template <Policy Reader>
float level_size(const typename Reader::Levels& levels) {
    double sum = 0;
    for (unsigned code = 0; code < Reader::codes; ++code) {
        const double level = static_cast<double>(Reader::decode(code, levels));
        sum = std::fma(level, level, sum);
    }
    return static_cast<float>(std::sqrt(sum / static_cast<double>(Reader::codes)));
}

/// Valid levels of about this size. `largest_basis` bounds every entry of a basis.
template <Policy Reader>
typename Reader::Levels random_levels(Random& random, float size, int largest_basis) {
    using Levels = typename Reader::Levels;
    Levels levels{};
    if constexpr (requires { levels.zero; }) levels.zero = static_cast<Int32>(random.below(Reader::codes));
    if constexpr (PlaneReading<Reader>) {
        for (unsigned plane = 0; plane < Reader::planes; ++plane)
            levels.basis[plane] = static_cast<Int16>(random.between(1, most(largest_basis, 1)));
        if constexpr (requires { levels.offset; })
            levels.offset = static_cast<Int32>(random.between(-largest_basis, largest_basis));
    } else if constexpr (requires { levels.offset; }) {
        levels.offset = random.real(-0.5f, 0.5f);
    }
    if constexpr (requires { levels.scale; }) {
        const float wanted = size * random.real(0.8f, 1.25f) / level_size<Reader>(levels);
        int exponent = 0;
        const float fraction = std::frexp(wanted, &exponent);
        levels.scale =
            std::ldexp(1.0f, fraction < 0.7071f ? exponent - 1 : exponent);   // in case the policy wants a power of two
        const float scale = levels.scale;
        levels.scale = wanted;
        if (!valid_levels<Reader>(levels)) levels.scale = scale;
    }
    return levels;
}

template <class Net, int Index>
void fill_product(Parameters<Net>& parameters, Random& random) {
    constexpr Step step = Net::graph.steps[Index];
    constexpr ProductPlan plan = Net::graph.plan(step);
    using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
    auto& own = step_of<Index>(parameters);
    const Segments segments = plan.segments();
    const float size = 1 / std::sqrt(static_cast<float>(segments.inputs()));
    float unit = 1;   // what the bias counts in, about
    for (Size output = 0; output < plan.product.outputs; ++output) {
        const Size part = output / plan.part_outputs(), place = output % plan.part_outputs();
        if constexpr (std::is_same_v<Weight, Real>) {
            const RealOrder order{plan.part_outputs(), segments.inputs()};
            for (Size input = 0; input < segments.inputs(); ++input)
                own.weights[part * order.floats() + order.place(place, input)] = random.real(-size, size) * 1.7f;
        } else {
            // A third of what the accumulator allows, shared by three planes and an offset.
            const Size room = static_cast<Size>(accumulator_limit) / (segments.inputs() * 255 * 3 * 4);
            own.levels[output] = random_levels<Weight>(random, size, static_cast<int>(least<Size>(room, 1000)));
            if constexpr (requires { own.levels[output].scale; }) unit = own.levels[output].scale;
            const CellOrder order{Weight::bits, plan.part_outputs(), segments};
            Byte* packed = own.weights + part * order.bytes();
            for (Size segment = 0; segment < segments.segments; ++segment)
                for (Size input = 0; input < segments.run; ++input)
                    order.store(packed, place, segment, input, static_cast<unsigned>(random.below(Weight::codes)));
        }
        if constexpr (StepParameters<Net, Index>::integer) {
            const float reach = 0.5f / (magnitude(unit) * levels_of<step.input_form>(parameters).scale);
            own.bias[output] = static_cast<Int32>(random.real(-1, 1) * least(reach, 1e6f));
        } else {
            own.bias[output] = random.real(-0.5f, 0.5f);
        }
    }
}

template <Size Count>
void fill_reals(float (&numbers)[Count], float low, float high, Random& random) {
    for (float& number : numbers) number = random.real(low, high);
}

template <class Net, int Index>
void fill_step(Parameters<Net>& parameters, Random& random) {
    constexpr Step step = Net::graph.steps[Index];
    if constexpr (!std::is_empty_v<StepParameters<Net, Index>>) {
        auto& own = step_of<Index>(parameters);
        if constexpr (step.work == Work::entry) {
            fill_reals(own.scale, 0.01f, 0.02f, random);
            fill_reals(own.zero, 100, 150, random);
        }
        if constexpr (step.work == Work::product) fill_product<Net, Index>(parameters, random);
        if constexpr (requires { own.affine_scale; }) {
            fill_reals(own.affine_scale, 0.5f, 1.5f, random);
            fill_reals(own.affine_offset, -0.5f, 0.5f, random);
        }
        if constexpr (requires { own.positive_slopes; }) fill_reals(own.positive_slopes, 0.5f, 1.5f, random);
        if constexpr (requires { own.negative_slopes; }) fill_reals(own.negative_slopes, 0.1f, 0.5f, random);
    }
}

/// Every byte is set: padding to zero.
template <class Net>
void random_parameters(Parameters<Net>& parameters, UInt64 seed) {
    Random random{seed};
    std::memset(static_cast<void*>(&parameters), 0, sizeof parameters);
    for_each_index(FormIndices<Net>{}, [&]<Size Index>() {
        constexpr int form = static_cast<int>(Index);
        if constexpr (!std::is_empty_v<FormLevels<Net, form>>) {
            using Reader = FormPolicy<Net, form>;
            levels_of<form>(parameters) = random_levels<Reader>(random, 1.5f, Net::graph.forms[form].codes ? 60 : 1000);
        }
    });
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() { fill_step<Net, static_cast<int>(Index)>(parameters, random); });
}

/// An input for infer, from another stream of random numbers.
template <class Net>
struct RandomInput {
    InputElement<Net> elements[Net::input_shape.elements()];

    explicit RandomInput(UInt64 seed) {
        Random random{~seed};
        for (auto& element : elements) {
            if constexpr (std::is_same_v<InputElement<Net>, float>) element = random.real(-2, 2);
            else if constexpr (ByteReading<typename Net::InputNumbers>)
                element = static_cast<Byte>(random.below(ByteLevels<typename Net::InputNumbers>::highest_byte + 1u));
            else element = static_cast<Byte>(random.below(256));
        }
    }
};

}  // namespace support
