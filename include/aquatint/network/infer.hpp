// SPDX-License-Identifier: BSL-1.0
// infer(parameters, arena, input): the evaluator of inference. Walks the steps; every step reads and writes forms in the arena.
#pragma once

#include <aquatint/kernel/count_product.hpp>
#include <aquatint/kernel/depthwise.hpp>
#include <aquatint/kernel/encode.hpp>
#include <aquatint/kernel/pointwise.hpp>
#include <aquatint/kernel/pooling.hpp>
#include <aquatint/kernel/row_epilogue.hpp>
#include <aquatint/kernel/row_panels.hpp>
#include <aquatint/kernel/softmax.hpp>
#include <aquatint/network/arena.hpp>

namespace aquatint { inline namespace v0 {

/// What infer takes an array of: bytes where the input is quantized, floats where it is Real.
template <class Net>
using InputElement = std::conditional_t<std::is_same_v<typename Net::InputNumbers, Real>, float, Byte>;

/// How far accumulator and bias are shifted left, so that the bias has fractional bits: what the accumulator's bound leaves.
constexpr unsigned bias_shift(UInt64 bound) {
    unsigned shift = 0;
    while (shift < 8 && (bound << (shift + 1)) < accumulator_limit) ++shift;
    return shift;
}
template <class Net, int Index>
inline constexpr unsigned shift_of = [] {
    constexpr Step step = Net::graph.steps[Index];
    using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
    using Activation = FormPolicy<Net, step.input_form>;
    if constexpr (Terms<Weight>::planes || Terms<Activation>::planes) return 0u;
    else
        return bias_shift(static_cast<UInt64>(largest_weight<Weight>) * ByteLevels<Activation>::highest_byte *
                          Net::graph.plan(step).segments().inputs());
}();

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

template <class Net, class Arch>
struct Evaluator {
    static constexpr auto& graph = Net::graph;
    const Parameters<Net>& parameters;
    Arena<Net>& arena;

    template <int Index>
    constexpr CodesOutput codes_output() const {
        using Reader = ByteLevels<FormPolicy<Net, Index>>;
        const auto& levels = levels_of<Index>(parameters);
        return {arena.template tensor<Index>(), graph.extent(graph.forms[Index]), levels.scale, Reader::zero(levels),
                Reader::highest_byte};
    }
    template <int Index>
    constexpr void add_output(Outputs& outputs) const {
        constexpr auto form = graph.forms[Index];
        fill_zero_ring<Index>(arena.template tensor<Index>());
        if constexpr (form.codes) {
            outputs.codes[outputs.code_count++] = codes_output<Index>();
        } else {
            outputs.real = {arena.template tensor<Index>(), graph.extent(form)};
            outputs.real_count = 1;
        }
    }
    /// The forms of the step's output that it writes itself.
    template <int Index>
    constexpr Outputs outputs() const {
        Outputs all;
        for_each_index(FormIndicesOf<Net, graph.steps[Index].output>{}, [&]<Size Form>() {
            if constexpr (graph.written_directly(graph.forms[Form]))
                add_output<static_cast<int>(Form)>(all);
        });
        return all;
    }
    /// The other forms, from the plain real one.
    template <int Index>
    constexpr void derive_forms() const {
        for_each_index(FormIndicesOf<Net, graph.steps[Index].output>{}, [&]<Size Form>() {
            constexpr auto form = graph.forms[Form];
            if constexpr (!graph.written_directly(form)) {
                constexpr int to = static_cast<int>(Form);
                constexpr int from = graph.find(form.value, policy_identity<Real>(), false);
                constexpr Extent in = graph.extent(graph.forms[from]), out = graph.extent(form);
                const float* source = arena.template tensor<from>();
                auto* target = arena.template tensor<to>();
                fill_zero_ring<to>(target);
                if constexpr (form.atom == nothing) put_channels(source, in, target, out, 0);
                else encode<Arch, FormPolicy<Net, to>>(source, in, levels_of<to>(parameters), target, out);
            }
        });
    }
    template <int Index>
    constexpr ShortcutInput shortcut() const {
        constexpr Step step = graph.steps[Index];
        ShortcutInput input;
        if constexpr (step.shortcut != nothing) {
            constexpr auto form = graph.forms[step.shortcut_form];
            input.extent = graph.extent(form, step.shortcut);
            input.stride = step.shortcut_stride;
            input.channel = step.shortcut_channel;
            if constexpr (form.codes) {
                const auto& levels = levels_of<step.shortcut_form>(parameters);
                input.codes = arena.template tensor<step.shortcut_form>();
                input.scale = levels.scale;
                input.zero = ByteLevels<FormPolicy<Net, step.shortcut_form>>::zero(levels);
            } else {
                input.reals = arena.template tensor<step.shortcut_form>();
            }
        }
        return input;
    }
    template <int Index>
    constexpr Writer<Arch> writer(const Outputs& outputs) const {
        return Writer<Arch>{outputs, graph.steps[Index].pointwise, slopes<Index>()};
    }
    template <int Index>
    constexpr Slopes slopes() const {
        [[maybe_unused]] const auto& own = step_of<Index>(parameters);
        Slopes learned;
        if constexpr (graph.steps[Index].pointwise.positive_slope) learned.positive = own.positive_slopes;
        if constexpr (graph.steps[Index].pointwise.negative_slope) learned.negative = own.negative_slopes;
        return learned;
    }

    /// The products of a step, handed to the epilogue that `make` makes, or one for each panel at hand.
    template <int Index, class Make>
    constexpr void multiply(Make&& make) const {
        using Epilogue = decltype(make());
        constexpr Step step = graph.steps[Index];
        constexpr ProductPlan plan = graph.plan(step);
        using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
        const auto& own = step_of<Index>(parameters);
        const auto* input = arena.template tensor<step.input_form>();
        if constexpr (graph.forms[step.input_form].codes) {
            const auto& input_levels = levels_of<step.input_form>(parameters);
            const DigitScratch digits{arena.digits(), arena.wide()};
            if constexpr (plan.depthwise()) {
                DepthwiseProduct<Arch, Weight> product{plan, own.weights, own.levels, input_levels.scale, input, digits};
                Epilogue epilogue = make();
                integer_depthwise<kernel_shape(plan.product.geometry)>(product, epilogue);
            } else {
                using InputReader = FormPolicy<Net, step.input_form>;
                if constexpr (looks_up<Weight, InputReader>(plan)) {
                    constexpr Size panels = panels_at_once_on<Arch, lookup_form<Weight, InputReader>()>(plan);
                    using Lookup = BitProduct<Arch, Weight, InputReader, step.offset, panels>;
                    const LookupScratch scratch{arena.lookup(),
                                                arena.lookup() + LookupScratch::bytes_of_groups<Lookup::form>(plan)};
                    Lookup product{{plan, own.weights, own.levels, input_levels, input, scratch,
                                    !graph.forms[step.input_form].raw && Lookup::ring_adds_nothing(input_levels)}};
                    if constexpr (panels == 1) {
                        Epilogue epilogues[] = {make()};
                        integer_product(product, epilogues);
                    } else {
                        Epilogue epilogues[] = {make(), make()};
                        integer_product(product, epilogues);
                    }
                } else {
                    const bool zero_adds_nothing =
                        !graph.forms[step.input_form].raw && ByteLevels<InputReader>::zero(input_levels) == 0;
                    IntegerProduct<Arch, Weight, ByteLevels<InputReader>::highest_byte> product{
                        plan, own.weights, own.levels, input_levels.scale, input, digits, zero_adds_nothing};
                    Epilogue epilogues[] = {make()};
                    integer_product(product, epilogues);
                }
            }
        } else {
            RealProduct<Arch, Weight> product{plan, own.weights, own.levels, own.bias, input, arena.panel()};
            Epilogue epilogue = make();
            if constexpr (plan.is_row()) real_row<plan.product.outputs>(product, epilogue);
            else if constexpr (plan.depthwise()) real_depthwise(product, epilogue);
            else real_product(product, epilogue);
        }
    }
    /// Whether a step is one row of codes times a matrix, all of it known here.
    template <int Index>
    static constexpr bool runs_as_row = [] {
        constexpr Step step = graph.steps[Index];
        constexpr ProductPlan plan = graph.plan(step);
        constexpr bool codes = graph.forms[step.input_form].codes;
        if constexpr (!codes || step.offset || step.shortcut != nothing || !plan.is_row()) return false;
        else {
            using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
            using InputReader = FormPolicy<Net, step.input_form>;
            if constexpr (looks_up<Weight, InputReader>(plan)) return false;
            else return has_row<Arch, Weight, ByteLevels<InputReader>::highest_byte>();
        }
    }();
    template <int Index>
    void run_row() const {
        constexpr Step step = graph.steps[Index];
        constexpr ProductPlan plan = graph.plan(step);
        using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
        using Row = Chosen<DotRow<Weight, ByteLevels<FormPolicy<Net, step.input_form>>::highest_byte>, Arch>;
        constexpr Size outputs = plan.product.outputs, cells = plan.segments().cells();
        constexpr Size panel_bytes = CellOrder{Weight::bits, outputs, plan.segments()}.panel_bytes();
        const auto& own = step_of<Index>(parameters);
        const Byte* const input = arena.template tensor<step.input_form>() + plan.first_input(0, 0);
        const float scale = levels_of<step.input_form>(parameters).scale;
        const RowLayer layer{own.bias, shift_of<Net, Index>, step.pointwise, slopes<Index>()};
        for_each_index(FormIndicesOf<Net, step.output>{}, [&]<Size Form>() {
            if constexpr (graph.written_directly(graph.forms[Form]))
                fill_zero_ring<static_cast<int>(Form)>(arena.template tensor<static_cast<int>(Form)>());
        });
        for_each_panels<Row::panels, outputs>(outputs, [&]<Size Panels, bool Full>(Size panel) AQUATINT_ALWAYS {
            constexpr Size count = Full ? Panels * panel_outputs : outputs % panel_outputs;
            Tile<Int32, Panels> sums;
            Row::template run<Panels>(own.weights + panel * panel_bytes, panel_bytes, input, cells, sums.value);
            RowScratch<Panels> scratch;
            const RowEpilogue<Arch, Panels> epilogue(layer, panel * panel_outputs, count, sums.value, own.levels, scale, scratch);
            for_each_index(FormIndicesOf<Net, step.output>{}, [&]<Size Form>() AQUATINT_ALWAYS {
                constexpr int to = static_cast<int>(Form);
                constexpr auto form = graph.forms[Form];
                auto* const row = arena.template tensor<to>() + graph.extent(form).at(0, 0);
                if constexpr (!graph.written_directly(form)) return;
                else if constexpr (form.codes) epilogue.write(codes_output<to>(), row);
                else epilogue.write(row);
            });
        });
    }
    /// What a code of the step's input means where it has a real offset: scale * (byte - zero) + offset.
    template <int Index>
    constexpr InputOffset input_offset() const {
        constexpr int form = graph.steps[Index].input_form;
        using Reader = FormPolicy<Net, form>;
        const auto& levels = levels_of<form>(parameters);
        if constexpr (SignReading<Reader>) return {levels.scale, levels.offset, ByteLevels<Reader>::zero(levels)};
        else return {levels.scale, 0, ByteLevels<Reader>::zero(levels)};
    }
    template <int Index>
    constexpr void run_product() const {
        constexpr Step step = graph.steps[Index];
        [[maybe_unused]] const auto& own = step_of<Index>(parameters);
        if constexpr (runs_as_row<Index>) {
            if (!std::is_constant_evaluated()) return run_row<Index>();
        }
        const Outputs to = outputs<Index>();
        if constexpr (!graph.forms[step.input_form].codes) {
            multiply<Index>([&] { return RealEpilogue<Arch>{writer<Index>(to), shortcut<Index>()}; });
        } else if constexpr (step.offset) {
            multiply<Index>([&] {
                return OffsetEpilogue<Arch>{{writer<Index>(to), shortcut<Index>()}, graph.plan(step), input_offset<Index>(),
                                            own.bias, arena.wide(), arena.totals()};
            });
        } else if constexpr (graph.integer_epilogue(step)) {
            multiply<Index>([&] {
                return IntegerEpilogue<Arch>{writer<Index>(to), shortcut<Index>(), own.bias, shift_of<Net, Index>};
            });
        } else {
            multiply<Index>([&] {
                return MixedEpilogue<Arch>{{writer<Index>(to), shortcut<Index>()}, own.bias, shift_of<Net, Index>};
            });
        }
    }
    template <int Index>
    constexpr void run_pointwise() const {
        constexpr Step step = graph.steps[Index];
        constexpr auto form = graph.forms[step.input_form];
        NumbersInput input{.extent = graph.extent(form, step.input())};
        if constexpr (form.codes) {
            const auto& levels = levels_of<step.input_form>(parameters);
            input.codes = arena.template tensor<step.input_form>();
            input.scale = levels.scale;
            input.zero = ByteLevels<FormPolicy<Net, step.input_form>>::zero(levels);
        } else {
            input.reals = arena.template tensor<step.input_form>();
        }
        Affine affine;
        if constexpr (step.pointwise.affine)
            affine = {step_of<Index>(parameters).affine_scale, step_of<Index>(parameters).affine_offset};
        RealEpilogue<Arch> epilogue{writer<Index>(outputs<Index>()), shortcut<Index>()};
        pointwise(input, affine, epilogue);
    }
    /// Pooling and concat work on every form that they write, in its own numbers.
    template <int Index>
    constexpr void run_pass_through() const {
        constexpr Step step = graph.steps[Index];
        for_each_index(FormIndicesOf<Net, step.output>{}, [&]<Size Form>() {
            constexpr auto form = graph.forms[Form];
            if constexpr (graph.written_directly(form)) {
                auto* to = arena.template tensor<static_cast<int>(Form)>();
                fill_zero_ring<static_cast<int>(Form)>(to);
                Size channel = 0;
                for_each_index(IndicesBelow<step.input_count>{}, [&]<Size Part>() {
                    constexpr int from = graph.find(step.inputs[Part], form.policy, form.codes);
                    constexpr Extent in = graph.extent(graph.forms[from], step.inputs[Part]), out = graph.extent(form);
                    if constexpr (step.work == Work::pooling) pool(step.pooling, arena.template tensor<from>(), in, to, out);
                    else put_channels(arena.template tensor<from>(), in, to, out, channel);
                    channel += in.shape.channels;
                });
            }
        });
    }
    /// The ring is exactly zero, whether or not zero is one of the levels.
    template <int Index, class Element>
    constexpr void fill_zero_ring([[maybe_unused]] Element* tensor) const {
        constexpr auto form = graph.forms[Index];
        if constexpr (form.halo != 0) {
            Element zero{};
            if constexpr (form.codes)
                zero = static_cast<Byte>(ByteLevels<FormPolicy<Net, Index>>::zero(levels_of<Index>(parameters)));
            fill_halo(tensor, graph.extent(form), &zero, false);
        }
    }

    /// The caller's rows, into every form of the first value.
    constexpr void run_entry(const InputElement<Net>* input) const {
        for_each_index(FormIndicesOf<Net, 0>{}, [&]<Size Form>() { enter<static_cast<int>(Form)>(input); });
    }
    template <int Index>
    constexpr void enter(const InputElement<Net>* input) const {
        constexpr auto form = graph.forms[Index];
        constexpr Extent out = graph.extent(form);
        constexpr Size channels = out.shape.channels, row_elements = out.shape.width * channels;
        auto* tensor = arena.template tensor<Index>();
        using Stored = std::remove_pointer_t<decltype(tensor)>;
        if constexpr (form.raw) {
            Byte ring[channels]{};
            for (Size c = 0; c < channels; ++c) ring[c] = raw_zero(step_of<0>(parameters).zero[c]);
            fill_halo(tensor, out, ring, true);
        } else {
            fill_zero_ring<Index>(tensor);
        }
        for (Size row = 0; row < out.shape.height; ++row) {
            const InputElement<Net>* from = input + row * row_elements;
            Stored* to = tensor + out.at(row, 0);
            if constexpr (form.raw) {
                copy_codes(from, row_elements, to);
            } else if constexpr (form.atom == nothing) {
                for (Size pixel = 0; pixel < row_elements; pixel += channels)
                    for (Size channel = 0; channel < channels; ++channel)
                        to[pixel + channel] = input_value(from[pixel + channel], channel);
            } else {
                using Reader = FormPolicy<Net, Index>;
                const auto& levels = levels_of<Index>(parameters);
                for (Size i = 0; i < row_elements; ++i)
                    to[i] = nearest_level<Stored, Reader>(input_value(from[i], i % channels), levels);
            }
        }
    }
    static constexpr int highest_input = [] {
        if constexpr (std::is_same_v<InputElement<Net>, Byte>) return ByteLevels<typename Net::InputNumbers>::highest_byte;
        else return 0;
    }();
    static constexpr Byte raw_zero(float zero) {
        return static_cast<Byte>(round_even(clamp(zero, 0.0f, static_cast<float>(highest_input))));
    }
    /// Bytes past the highest code are the highest: the bounds of the sums rest on it.
    static constexpr void copy_codes(const Byte* from, Size count, Byte* to) {
        if constexpr (highest_input == 255) copy(from, count, to);
        else copy_below<Arch, highest_input + 1u>(from, count, to);
    }
    constexpr float input_value(InputElement<Net> element, [[maybe_unused]] Size channel) const {
        if constexpr (std::is_same_v<InputElement<Net>, float>) return element;
        else return (static_cast<float>(element) - step_of<0>(parameters).zero[channel]) * step_of<0>(parameters).scale[channel];
    }

    /// One function a step, for inference and for whoever runs steps one by one: inlined it would be compiled for each of them.
    template <int Index>
    AQUATINT_NOINLINE constexpr void run_step(const InputElement<Net>* input) const {
        constexpr Step step = graph.steps[Index];
        if constexpr (step.work == Work::entry) run_entry(input);
        else if constexpr (step.work == Work::product) run_product<Index>();
        else if constexpr (step.work == Work::pointwise) run_pointwise<Index>();
        else if constexpr (step.work == Work::pooling || step.work == Work::concat) run_pass_through<Index>();
        else {
            constexpr int to = graph.find(step.output, policy_identity<Real>(), false);
            fill_zero_ring<to>(arena.template tensor<to>());
            softmax(arena.template tensor<step.input_form>(), graph.extent(graph.forms[step.input_form], step.input()),
                    arena.template tensor<to>(), graph.extent(graph.forms[to]));
        }
        derive_forms<Index>();
    }
};

/// Runs the network on one input on the processor `Arch` and returns its output, which lies in the arena until the next call.
/// `input` holds rows of interleaved channels, as many as the network's Input says. Allocates nothing, throws nothing.
template <class Arch, class Net>
constexpr VectorView<const float> infer_on(const Parameters<Net>& parameters, Arena<Net>& arena, const InputElement<Net>* input) {
    const Evaluator<Net, Arch> evaluator{parameters, arena};
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() { evaluator.template run_step<static_cast<int>(Index)>(input); });
    return {arena.template tensor<Net::graph.result>(), Net::graph.values[Net::graph.output].shape.elements()};
}

/// The same on the processor that this translation unit is compiled for; in a constant expression by the scalar reference.
template <class Net>
constexpr VectorView<const float> infer(const Parameters<Net>& parameters, Arena<Net>& arena, const InputElement<Net>* input) {
    if (std::is_constant_evaluated()) return infer_on<Scalar>(parameters, arena, input);
    return infer_on<Native>(parameters, arena, input);
}

/// The index of the largest element, the first of equals.
constexpr Size argmax(VectorView<const float> values) {
    Size best = 0;
    for (Size i = 1; i < values.size; ++i)
        if (values[i] > values[best]) best = i;
    return best;
}

}}  // namespace aquatint
