// SPDX-License-Identifier: BSL-1.0
// Parameters<Net>: packed codes, levels and biases of every step. Constant, trivially copyable, shared by any number of threads,
// the same bytes on every processor.
#pragma once

#include <aquatint/network/network.hpp>
#include <aquatint/pack/cells.hpp>
#include <aquatint/pack/real_order.hpp>

namespace aquatint { inline namespace v0 {

// A section of zero elements is an empty base.
template <Size Bytes>
struct PackedWeights {
    alignas(64) Byte weights[Bytes];
};
template <Size Count>
struct RealWeights {
    alignas(64) float weights[Count];
};
template <class Levels, Size Count>
struct WeightLevels {
    Levels levels[Count];
};
template <class Levels>
struct WeightLevels<Levels, 0> {
    static constexpr const Levels* levels = nullptr;
};
template <class Number, Size Count>
struct Biases {
    Number bias[Count];
};
template <Size Count>
struct Affines {
    float affine_scale[Count], affine_offset[Count];
};
template <>
struct Affines<0> {};
template <Size Count>
struct PositiveSlopes {
    float positive_slopes[Count];
};
template <>
struct PositiveSlopes<0> {};
template <Size Count>
struct NegativeSlopes {
    float negative_slopes[Count];
};
template <>
struct NegativeSlopes<0> {};
template <Size Bytes>
struct ZeroPadding {
    Byte padding[Bytes];
};
template <>
struct ZeroPadding<0> {};

struct NoParameters {};

/// The weights of a product, level by channel, bias in accumulator units (integer arithmetic) or in real numbers.
template <class Weight, bool Integer, Size Outputs, Size PackedBytes, Size PositiveCount, Size NegativeCount>
struct ProductParameters
    : std::conditional_t<std::is_same_v<Weight, Real>, RealWeights<PackedBytes / sizeof(float)>, PackedWeights<PackedBytes>>,
      WeightLevels<typename Weight::Levels, std::is_same_v<Weight, Real> ? 0 : Outputs>,
      Biases<std::conditional_t<Integer, Int32, float>, Outputs>,
      PositiveSlopes<PositiveCount>,
      NegativeSlopes<NegativeCount> {
    using WeightPolicy = Weight;
    static constexpr bool integer = Integer;
};

template <Size AffineCount, Size PositiveCount, Size NegativeCount>
struct PointwiseParameters : Affines<AffineCount>, PositiveSlopes<PositiveCount>, NegativeSlopes<NegativeCount> {};

/// What a code of the input means, by channel: scale * (code - zero). The zero need not be whole.
template <Size Channels>
struct InputParameters {
    float scale[Channels];
    float zero[Channels];
};

/// Bytes of a product's weights in their packed order, a multiple of 64.
template <class Weight>
constexpr Size packed_bytes(const ProductPlan& plan) {
    if constexpr (std::is_same_v<Weight, Real>)
        return round_up(plan.parts() * RealOrder{plan.part_outputs(), plan.segments().inputs()}.floats() * sizeof(float), 64);
    else return round_up(plan.parts() * CellOrder{Weight::bits, plan.part_outputs(), plan.segments()}.bytes(), 64);
}

/// Forms are shared by the names of policies.
template <class Net, int Form, class Wanted>
constexpr void read_as() {
    static_assert(std::is_same_v<FormPolicy<Net, Form>, Wanted>, "aquatint: two policies of a network have the same name");
}

template <class Net, int Index>
constexpr auto step_parameters() {
    constexpr Step step = Net::graph.steps[Index];
    if constexpr (step.work == Work::product)
        read_as<Net, step.input_form, typename AtomOf<Net, step.atom>::Numbers::Activation>();
    if constexpr (step.work == Work::pointwise)
        read_as<Net, step.input_form, typename AtomOf<Net, step.atom>::Numbers::Carried>();
    if constexpr (step.shortcut != nothing)
        read_as<Net, step.shortcut_form, typename AtomOf<Net, step.sum_atom>::Numbers::Carried>();
    constexpr Size channels = Net::graph.values[step.output].shape.channels;
    constexpr Size positive = step.pointwise.positive_slope ? channels : 0;
    constexpr Size negative = step.pointwise.negative_slope ? channels : 0;
    if constexpr (step.work == Work::entry) {
        if constexpr (std::is_same_v<typename Net::InputNumbers, Real>) return TypeTag<NoParameters>{};
        else return TypeTag<InputParameters<channels>>{};
    } else if constexpr (step.work == Work::product) {
        using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
        constexpr bool integer = Net::graph.forms[step.input_form].codes && !step.offset;
        constexpr Size bytes = packed_bytes<Weight>(Net::graph.plan(step));
        return TypeTag<ProductParameters<Weight, integer, channels, bytes, positive, negative>>{};
    } else if constexpr (step.work == Work::pointwise) {
        return TypeTag<PointwiseParameters<step.pointwise.affine ? channels : 0, positive, negative>>{};
    } else {
        return TypeTag<NoParameters>{};
    }
}
template <class Net, int Index>
using StepParameters = typename decltype(step_parameters<Net, Index>())::type;

/// Levels of the forms that own some; forms behind pooling and concat share them.
template <class Net, int Index>
inline constexpr bool owns_levels = Net::graph.forms[Index].atom != nothing && Net::graph.forms[Index].levels == Index;
template <class Net, int Index>
using FormLevels = std::conditional_t<owns_levels<Net, Index>, typename FormPolicy<Net, Index>::Levels, NoParameters>;

template <class Net, Size Index>
struct StepSlot {
    StepParameters<Net, static_cast<int>(Index)> value;
};
template <class Net, Size Index>
    requires std::is_empty_v<StepParameters<Net, static_cast<int>(Index)>>
struct StepSlot<Net, Index> {
    static constexpr StepParameters<Net, static_cast<int>(Index)> value{};
};
template <class Net, Size Index>
struct FormSlot {
    FormLevels<Net, static_cast<int>(Index)> levels;
};
template <class Net, Size Index>
    requires std::is_empty_v<FormLevels<Net, static_cast<int>(Index)>>
struct FormSlot<Net, Index> {
    static constexpr FormLevels<Net, static_cast<int>(Index)> levels{};
};

template <class Net, class StepIndices, class FormIndices>
struct ParameterSlots;
template <class Net, Size... Step, Size... Form>
struct ParameterSlots<Net, Indices<Step...>, Indices<Form...>> : StepSlot<Net, Step>..., FormSlot<Net, Form>... {};

template <class Net>
using StepIndices = IndicesBelow<static_cast<Size>(Net::graph.step_count)>;
template <class Net>
using FormIndices = IndicesBelow<static_cast<Size>(Net::graph.form_count)>;
template <class Net, int Value, class Positions = IndicesBelow<Net::graph.count_forms(Value)>>
struct FormsOfValue;
template <class Net, int Value, Size... Position>
struct FormsOfValue<Net, Value, Indices<Position...>> : TypeTag<Indices<Net::graph.form_at(Value, Position)...>> {};
/// The forms of a value: to go through all of a network's in each of its steps would cost the compiler their product.
template <class Net, int Value>
using FormIndicesOf = typename FormsOfValue<Net, Value>::type;

template <class Net>
struct Parameters : ParameterSlots<Net, StepIndices<Net>, FormIndices<Net>> {};

template <int Index, class Net>
constexpr auto& step_of(Parameters<Net>& parameters) {
    return static_cast<StepSlot<Net, static_cast<Size>(Index)>&>(parameters).value;
}
template <int Index, class Net>
constexpr auto& step_of(const Parameters<Net>& parameters) {
    return static_cast<const StepSlot<Net, static_cast<Size>(Index)>&>(parameters).value;
}
/// The levels of a form, wherever they are owned.
template <int Index, class Net>
constexpr auto& levels_of(Parameters<Net>& parameters) {
    return static_cast<FormSlot<Net, static_cast<Size>(Net::graph.forms[Index].levels)>&>(parameters).levels;
}
template <int Index, class Net>
constexpr auto& levels_of(const Parameters<Net>& parameters) {
    return static_cast<const FormSlot<Net, static_cast<Size>(Net::graph.forms[Index].levels)>&>(parameters).levels;
}

}}  // namespace aquatint::v0
