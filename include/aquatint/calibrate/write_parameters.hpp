// SPDX-License-Identifier: BSL-1.0
// Writes float weights into Parameters<Net>: as they are, or as codes and levels.
#pragma once

#include <cstring>
#include <memory>

#include <aquatint/calibrate/float_model.hpp>
#include <aquatint/network/infer.hpp>
#include <aquatint/policy/fit.hpp>

namespace aquatint { inline namespace v0 {

/// Where weight number `index` of [outputs][inputs/groups][ky][kx] goes; `output` counts within the part.
struct WeightPlace {
    Size part, output, segment, input;
};
/// Calls `action(index, place, channel of the group)` for every weight of a product.
template <class Action>
void for_each_weight(const ProductPlan& plan, Action&& action) {
    const Geometry& g = plan.product.geometry;
    Size index = 0;
    for (Size output = 0; output < plan.product.outputs; ++output)
        for (Size channel = 0; channel < plan.group_inputs(); ++channel)
            for (Size ky = 0; ky < g.kernel_height; ++ky)
                for (Size kx = 0; kx < g.kernel_width; ++kx, ++index) {
                    const auto [segment, input] = plan.place(channel, ky, kx);
                    action(index, WeightPlace{output / plan.part_outputs(), output % plan.part_outputs(), segment, input},
                           channel);
                }
}

/// How wide a step's learned basis may be: a whole sum of products stays below the accumulator's limit. An offset takes one bit.
template <class Net, int Index>
inline constexpr unsigned basis_bits = [] {
    constexpr Step step = Net::graph.steps[Index];
    if constexpr (!Net::graph.forms[step.input_form].codes) return 12u;
    else {
        using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
        constexpr UInt64 inputs = static_cast<UInt64>(ByteLevels<FormPolicy<Net, step.input_form>>::highest_byte) *
                                  Net::graph.plan(step).segments().inputs();
        unsigned bits = 1;
        while (bits < 12 && (inputs << (bits + 1 + (Terms<Weight>::has_offset ? 1 : 0))) < accumulator_limit) ++bits;
        return bits;
    }
}();

/// Slopes, standalone BatchNorm and the meaning of the input: what is float in every precision.
template <class Net, int Index>
void write_reals(const FoldedStep& folded, const Normalization& normalization, Parameters<Net>& parameters) {
    constexpr Step step = Net::graph.steps[Index];
    [[maybe_unused]] auto& own = step_of<Index>(parameters);
    if constexpr (requires { own.positive_slopes; }) copy(folded.positive.data(), folded.positive.size(), own.positive_slopes);
    if constexpr (requires { own.negative_slopes; }) copy(folded.negative.data(), folded.negative.size(), own.negative_slopes);
    if constexpr (requires { own.affine_scale; }) {
        copy(folded.affine_scale.data(), folded.affine_scale.size(), own.affine_scale);
        copy(folded.affine_offset.data(), folded.affine_offset.size(), own.affine_offset);
    }
    if constexpr (step.work == Work::entry && requires { own.zero; })
        for (Size c = 0; c < Net::input_shape.channels; ++c) {
            own.scale[c] = static_cast<float>(normalization.scale(c));
            own.zero[c] = static_cast<float>(normalization.zero(c));
        }
}

/// A product's weights as codes in their packed order. `weight` is [outputs][inputs], `levels` by output.
template <class Weight>
void write_codes(const ProductPlan& plan, const std::vector<float>& weight, const typename Weight::Levels* levels, Byte* packed) {
    const CellOrder order{Weight::bits, plan.part_outputs(), plan.segments()};
    for_each_weight(plan, [&](Size index, const WeightPlace& at, Size) {
        const auto& own = levels[at.part * plan.part_outputs() + at.output];
        order.store(packed + at.part * order.bytes(), at.output, at.segment, at.input, Weight::encode(weight[index], own));
    });
}

/// Full-precision weights in their packed order.
inline void write_weights(const ProductPlan& plan, const std::vector<float>& weight, float* packed) {
    const RealOrder order{plan.part_outputs(), plan.segments().inputs()};
    for_each_weight(plan, [&](Size index, const WeightPlace& at, Size) {
        packed[at.part * order.floats() + order.place(at.output, at.segment * plan.segments().run + at.input)] = weight[index];
    });
}

/// The parameters of a network whose layers are all Real.
template <class Net>
Error write_real(const std::vector<FoldedStep>& steps, const Normalization& normalization, Parameters<Net>& parameters) {
    std::memset(static_cast<void*>(&parameters), 0, sizeof parameters);
    for_each_index(StepIndices<Net>{}, [&]<Size Position>() {
        constexpr int index = static_cast<int>(Position);
        constexpr Step step = Net::graph.steps[index];
        const FoldedStep& folded = steps[Position];
        write_reals<Net, index>(folded, normalization, parameters);
        if constexpr (step.work == Work::product) {
            constexpr ProductPlan plan = Net::graph.plan(step);
            auto& own = step_of<index>(parameters);
            write_weights(plan, folded.weight, own.weights);
            copy(folded.bias.data(), folded.bias.size(), own.bias);
        }
    });
    return {};
}

/// Float weights into the network's full-precision twin, BatchNorm folded.
template <class Net>
Error freeze_real(const FloatModel& model, const Normalization& normalization, Parameters<FullPrecision<Net>>& parameters) {
    if (const Error e = check_normalization<Net>(normalization)) return e;
    std::vector<FoldedStep> steps;
    if (const Error e = Folder<FullPrecision<Net>>(model).fold(steps)) return e;
    return write_real<FullPrecision<Net>>(steps, normalization, parameters);
}

/// One sample among inputs that lie one after the other, as the bytes or floats that the network takes.
template <class Net>
const InputElement<Net>* input_of(const std::vector<Byte>& inputs, Size sample) {
    return reinterpret_cast<const InputElement<Net>*>(inputs.data()) + sample * Net::input_shape.elements();
}

}}  // namespace aquatint::v0
