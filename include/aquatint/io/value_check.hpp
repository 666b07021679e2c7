// SPDX-License-Identifier: BSL-1.0
// All values of Parameters<Net> from an untrusted source, section by section: what a kernel relies on is true afterwards.
#pragma once

#include <aquatint/io/format.hpp>
#include <aquatint/io/weight_check.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

constexpr Error check_integer_bias(const Byte* biases, Size count, const NetworkPlace& place) {
    for (Size i = 0; i < count; ++i)
        if (const Int32 bias = read_value<Int32>(biases + i * sizeof(Int32)); bias < -bias_limit || bias > bias_limit)
            return refused_for(refusal::bias, place.element(i),
                               Particular("at most ").append_number(bias_limit).append(" in magnitude"),
                               Particular().append_number(bias));
    return {};
}

/// A product among the parameters, its particulars as values: what checks it is compiled once for a policy, not once for a step.
struct ProductBytes {
    const ProductPlan& plan;
    NetworkPlace place;
    const Byte* weights = nullptr;
    Size weight_bytes = 0;
    const Byte* levels = nullptr;   ///< of policies that have any
    const Byte* bias = nullptr;
    bool integer_bias = false;
    bool integer_sums = false;   ///< inputs are bytes ...
    int highest_input = 0;       ///< ... up to this one

    constexpr NetworkPlace in(const char* section) const { return {place.step, place.layer, section}; }
};
template <Policy Weight>
constexpr Error check_weight_levels(const ProductBytes& own) {
    using Levels = typename Weight::Levels;
    for (Size output = 0; output < own.plan.product.outputs; ++output) {
        const Levels levels = read_value<Levels>(own.levels + output * sizeof(Levels));
        if (const Error problem = check_levels<Weight>(levels, own.in("levels"), output)) return problem;
        if (!own.integer_sums) continue;
        const IntegerSums sums{own.plan.segments().inputs(), own.highest_input};
        if (const Error problem = check_accumulator<Weight>(levels, sums, own.in("levels"), output)) return problem;
    }
    return {};
}
template <Policy Weight>
constexpr Error check_product(const ProductBytes& own) {
    if constexpr (std::is_same_v<Weight, Real>) {
        if (const Error problem = check_real_weights(own.weights, own.weight_bytes, own.plan, own.in("weights"))) return problem;
    } else {
        if (const Error problem = check_codes<Weight>(own.weights, own.weight_bytes, own.plan, own.in("weights"))) return problem;
        if constexpr (!std::is_empty_v<typename Weight::Levels>)
            if (const Error problem = check_weight_levels<Weight>(own)) return problem;
    }
    const Size outputs = own.plan.product.outputs;
    if (own.integer_bias) return check_integer_bias(own.bias, outputs, own.in("bias"));
    return check_finite(own.bias, outputs, own.in("bias"));
}

/// `parameters` are the bytes of Parameters<Net>, at any address.
template <class Net>
struct ValueCheck {
    static constexpr auto& graph = Net::graph;
    const Byte* parameters;

    template <Content What, int Index>
    constexpr const Byte* section() const {
        constexpr Size offset = layout<Net>.offset(What, Index);
        return parameters + offset;
    }
    template <int Index>
    static constexpr Size channels = graph.values[graph.steps[Index].output].shape.channels;

    /// Everything between and behind the sections.
    constexpr Error padding() const {
        Size done = 0;
        for (Size i = 0; i < layout<Net>.count; ++i) {
            const Section& next = layout<Net>.sections[i];
            if (const Error problem = check_zero(parameters, done, next.offset)) return problem;
            done = next.end();
        }
        return check_zero(parameters, done, sizeof(Parameters<Net>));
    }
    template <int Index>
    constexpr Error form() const {
        if constexpr (!std::is_empty_v<FormLevels<Net, Index>>) {
            const auto levels = read_value<FormLevels<Net, Index>>(section<Content::form_levels, Index>());
            return check_activation_levels<FormPolicy<Net, Index>, graph.forms[Index].codes>(levels, form_place<Net, Index>(), 0);
        }
        return {};
    }

    template <int Index>
    constexpr Error input() const {
        constexpr NetworkPlace scales = step_place<Net, Index>("scale"), zeros = step_place<Net, Index>("zero");
        for (Size channel = 0; channel < channels<Index>; ++channel) {
            const float scale = read_value<float>(section<Content::input_scale, Index>() + channel * sizeof(float));
            if (const Error problem = check_scale(scale, scales, channel)) return problem;
            if (!(scale > 0)) return refused_for(refusal::negative_scale, scales.element(channel), {}, as_real(scale));
        }
        return check_finite(section<Content::input_zero, Index>(), channels<Index>, zeros);
    }
    /// The largest byte that the input of an integer product can hold.
    template <int Index>
    constexpr int highest_input() const {
        constexpr int form = graph.steps[Index].input_form;
        using Reader = FormPolicy<Net, form>;
        if constexpr (PlaneReading<Reader>) {
            constexpr int owner = graph.forms[form].levels;
            const auto levels = read_value<FormLevels<Net, owner>>(section<Content::form_levels, owner>());
            return static_cast<int>(plane_reach<Reader>(levels));
        } else {
            return ByteLevels<Reader>::highest_byte;
        }
    }
    template <int Index>
    constexpr Error product() const {
        constexpr Step step = graph.steps[Index];
        constexpr ProductPlan plan = graph.plan(step);
        using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
        ProductBytes own{plan, step_place<Net, Index>(""), section<Content::weights, Index>(), packed_bytes<Weight>(plan)};
        if constexpr (!std::is_same_v<Weight, Real> && !std::is_empty_v<typename Weight::Levels>)
            own.levels = section<Content::weight_levels, Index>();
        own.bias = section<Content::bias, Index>();
        own.integer_bias = StepParameters<Net, Index>::integer;
        if constexpr (graph.forms[step.input_form].codes) {
            own.integer_sums = true;
            own.highest_input = highest_input<Index>();
        }
        return check_product<Weight>(own);
    }
    template <Content What, int Index>
    constexpr Error reals(const char* name) const {
        return check_finite(section<What, Index>(), channels<Index>, step_place<Net, Index>(name));
    }
    template <int Index>
    constexpr Error pointwise() const {
        constexpr Pointwise own = graph.steps[Index].pointwise;
        Error problem;
        if constexpr (own.affine && graph.steps[Index].work == Work::pointwise) {
            problem = reals<Content::affine_scale, Index>("scale");
            if (!problem) problem = reals<Content::affine_offset, Index>("offset");
        }
        if constexpr (own.positive_slope)
            if (!problem) problem = reals<Content::positive_slopes, Index>("positive slopes");
        if constexpr (own.negative_slope)
            if (!problem) problem = reals<Content::negative_slopes, Index>("negative slopes");
        return problem;
    }
    template <int Index>
    constexpr Error step() const {
        constexpr Work work = graph.steps[Index].work;
        if constexpr (work == Work::entry && !std::is_same_v<typename Net::InputNumbers, Real>) return input<Index>();
        if constexpr (work == Work::product)
            if (const Error problem = product<Index>()) return problem;
        if constexpr (work == Work::product || work == Work::pointwise) return pointwise<Index>();
        return {};
    }

    constexpr Error run() const {
        Error problem = padding();
        for_each_index(FormIndices<Net>{}, [&]<Size Index>() {
            if (!problem) problem = form<static_cast<int>(Index)>();
        });
        for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
            if (!problem) problem = step<static_cast<int>(Index)>();
        });
        return problem;
    }
};

/// Nothing if parameters with these bytes are fit for inference, else the first section that is not, and why.
template <class Net>
constexpr Error check_values(const Byte* parameters) {
    return ValueCheck<Net>{parameters}.run();
}

/// The stored input holds nothing that a caller of infer could not.
template <class Net>
constexpr Error check_example(const Byte* input) {
    using Reader = typename Net::InputNumbers;
    if constexpr (ByteReading<Reader>)
        for (Size i = 0; i < Net::input_shape.elements(); ++i)
            if (input[i] > ByteLevels<Reader>::highest_byte)
                return refused_for(refusal::example_input, element_of("input", i),
                                   Particular("at most ").append_number(ByteLevels<Reader>::highest_byte), as_number(input[i]));
    return {};
}

}}  // namespace aquatint
