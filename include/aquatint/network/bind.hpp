// SPDX-License-Identifier: BSL-1.0
// From the flat list of layers to steps and values: shapes are inferred here, and only here can they be wrong. BatchNorm, sums
// and activations are fused into the step before them.
#pragma once

#include <aquatint/layer/layers.hpp>
#include <aquatint/network/graph.hpp>

namespace aquatint { inline namespace v0 {

template <Size Atoms>
struct Binder {
    struct Branch {
        int start = nothing;      ///< the value that the branch begins with
        int value_count = 0;      ///< then; it changes with the first layer
        bool residual = false;    ///< else a Concat
        int shortcut = nothing;
        bool subsample = false;
        int parts[most_branches]{};
        Size part_count = 0;
    };
    Graph<Atoms> graph{};
    Branch branches[Atoms + 1]{};
    Size depth = 0;
    int current = nothing;

    constexpr explicit Binder(Shape input) {
        Step& entry = append(Work::entry, nothing);
        entry.output = current = new_value(input, 0);
        if (input.elements() == 0) fail(Mistake::no_input, nothing, {}, input);
        if (Atoms == 0) fail(Mistake::no_layers, nothing, Finding::number(1), Finding::number(0));
    }

    constexpr bool failed() const { return graph.finding.mistake != Mistake::none; }
    constexpr void fail(Mistake mistake, int atom, Shape expected, Shape found) {
        if (!failed()) graph.finding = {mistake, atom, expected, found};
    }
    constexpr Shape shape() const { return graph.values[current].shape; }

    constexpr Step& append(Work work, int atom) {
        Step& step = graph.steps[graph.step_count++];
        step.work = work;
        step.atom = atom;
        return step;
    }
    constexpr int new_value(Shape extent, int writer) {
        Value& value = graph.values[graph.value_count];
        value.shape = extent;
        value.root = graph.value_count;
        value.writer = writer;
        return graph.value_count++;
    }
    /// A step that reads the current value and writes a new one, which becomes the current one.
    constexpr Step& follow(Work work, int atom, Shape result) {
        Step& step = append(work, atom);
        step.inputs[0] = read(current);
        step.input_count = 1;
        step.output = current = new_value(result, graph.step_count - 1);
        return step;
    }
    constexpr int read(int value) {
        ++graph.values[value].readers;
        return value;
    }
    /// The step that wrote the current value, if what follows may become part of it: nobody else reads the value yet.
    constexpr Step* open_step() {
        const Value& value = graph.values[current];
        if (value.readers != 0 || value.root != current) return nullptr;
        Step& step = graph.steps[value.writer];
        const bool fusable = step.work == Work::product || step.work == Work::pointwise;
        return fusable && step.activation_atom == nothing ? &step : nullptr;
    }

    constexpr bool fits(const Geometry& geometry, int atom) {
        const Shape in = shape();
        if (geometry.kernel_height == 0 || geometry.kernel_width == 0 || geometry.stride == 0 || geometry.dilation == 0 ||
            geometry.groups == 0)
            fail(Mistake::zero_in_window, atom, {}, {});
        if (failed()) return false;
        if (geometry.fits(in)) return true;
        fail(Mistake::kernel_exceeds_image, atom, {geometry.reach_height(), geometry.reach_width(), in.channels},
             {in.height + 2 * geometry.padding_height, in.width + 2 * geometry.padding_width, in.channels});
        return false;
    }
    constexpr void add_product(const Product& product, int atom) {
        const Shape in = shape();
        const Geometry& geometry = product.geometry;
        if (product.outputs == 0) return fail(Mistake::no_outputs, atom, Finding::number(1), Finding::number(0));
        if (product.reads_vector && in.pixels() != 1) return fail(Mistake::dense_reads_image, atom, {1, 1, in.elements()}, in);
        if (!fits(geometry, atom)) return;
        if (graph.reshaped(current) && (geometry.padding_height != 0 || geometry.padding_width != 0))
            return fail(Mistake::padding_of_vector, atom, {}, in);
        const Size odd = in.channels % geometry.groups != 0 ? in.channels : product.outputs;
        if (odd % geometry.groups != 0)
            return fail(Mistake::groups_divide_channels, atom, Finding::number(geometry.groups), Finding::number(odd));
        follow(Work::product, atom, geometry.output(in, product.outputs)).product = product;
    }
    constexpr void add_pooling(const Pooling& pooling, int atom) {
        const Geometry& geometry = pooling.geometry;
        if (!fits(geometry, atom)) return;
        if (geometry.padding_height >= geometry.kernel_height || geometry.padding_width >= geometry.kernel_width)
            return fail(Mistake::padding_exceeds_kernel, atom, {geometry.kernel_height - 1, geometry.kernel_width - 1, 1},
                        {geometry.padding_height, geometry.padding_width, 1});
        follow(Work::pooling, atom, geometry.output(shape(), shape().channels)).pooling = pooling;
    }
    constexpr void add_pointwise(const Pointwise& pointwise, int atom) {
        Step* step = open_step();
        const bool fits = step != nullptr && (!pointwise.affine || (step->affine_atom == nothing && step->shortcut == nothing &&
                                                                    step->activation_atom == nothing));
        if (!fits) step = &follow(Work::pointwise, atom, shape());
        if (pointwise.affine) {
            step->affine_atom = atom;
            step->pointwise.affine = true;
        } else {
            step->activation_atom = atom;
            const bool affine = step->pointwise.affine;
            step->pointwise = pointwise;
            step->pointwise.affine = affine;
        }
    }
    constexpr void add_reshape(Shape result) {
        const int source = read(current);
        const Value from = graph.values[source];
        current = new_value(result, from.writer);
        graph.values[current].root = from.root;
    }

    constexpr void begin_branch(bool residual) {
        Branch& branch = branches[depth++];
        branch = {};
        branch.start = branch.shortcut = current;
        branch.value_count = graph.value_count;
        branch.residual = residual;
        ++graph.values[current].readers;   // the shortcut's reading: nothing after this may be fused into the writer
    }
    constexpr void begin_shortcut(int atom) {
        const bool first = depth != 0 && branches[depth - 1].residual && branches[depth - 1].value_count == graph.value_count;
        if (!first) fail(Mistake::shortcut_out_of_place, atom, {}, {});
    }
    constexpr void subsample_shortcut(int atom) {
        begin_shortcut(atom);
        if (!failed()) branches[depth - 1].subsample = true;
    }
    constexpr void end_shortcut() {
        Branch& branch = branches[depth - 1];
        branch.shortcut = current;
        if (current != branch.start) ++graph.values[current].readers;
        current = branch.start;
    }
    constexpr void add_sum(int atom) {
        const Branch branch = branches[--depth];
        const Shape from = graph.values[branch.shortcut].shape, to = shape();
        Size stride = 1, channel = 0;
        if (branch.subsample) {
            stride = ceil_div(from.height, to.height);
            const bool whole = ceil_div(from.height, stride) == to.height && ceil_div(from.width, stride) == to.width;
            if (!whole || from.channels > to.channels) return fail(Mistake::subsample_of_shapes, atom, from, to);
            channel = (to.channels - from.channels) / 2;
        } else if (!(from == to)) {
            return fail(Mistake::sum_of_shapes, atom, from, to);
        }
        Step* step = open_step();
        if (step == nullptr || step->shortcut != nothing) step = &follow(Work::pointwise, atom, to);
        step->sum_atom = atom;
        step->shortcut = branch.shortcut;
        step->shortcut_stride = stride;
        step->shortcut_channel = channel;
    }
    constexpr void next_part(int atom) {
        Branch& branch = branches[depth - 1];
        if (branch.part_count == most_branches)
            return fail(Mistake::too_many_branches, atom, Finding::number(most_branches), Finding::number(most_branches + 1));
        branch.parts[branch.part_count++] = read(current);
        current = branch.start;
    }
    constexpr void add_concat(int atom) {
        const Branch branch = branches[--depth];
        if (branch.part_count == 0) return fail(Mistake::no_branches, atom, Finding::number(1), Finding::number(0));
        const Shape first = graph.values[branch.parts[0]].shape;
        Shape result{first.height, first.width, 0};
        for (Size part = 0; part < branch.part_count; ++part) {
            const Shape in = graph.values[branch.parts[part]].shape;
            if (in.height != first.height || in.width != first.width) return fail(Mistake::concat_of_shapes, atom, first, in);
            result.channels += in.channels;
        }
        Step& step = append(Work::concat, atom);
        for (Size part = 0; part < branch.part_count; ++part) step.inputs[part] = branch.parts[part];
        step.input_count = branch.part_count;
        step.output = current = new_value(result, graph.step_count - 1);
    }

    template <class Layer>
    constexpr void add(int atom) {
        if (failed()) return;
        if constexpr (refuses_options<Layer>) fail(Mistake::no_such_option, atom, {}, {});
        else if constexpr (ProductLayer<Layer>) add_product(Layer::product(shape()), atom);
        else if constexpr (PoolingLayer<Layer>) add_pooling(Layer::pooling(shape()), atom);
        else if constexpr (PointwiseLayer<Layer>) add_pointwise(Layer::pointwise, atom);
        else if constexpr (ReshapingLayer<Layer>) add_reshape(Layer::reshape(shape()));
        else if constexpr (NormalizingLayer<Layer>) follow(Work::softmax, atom, shape());
        else if constexpr (std::same_as<Layer, BranchBegin>) begin_branch(true);
        else if constexpr (std::same_as<Layer, ConcatBegin>) begin_branch(false);
        else if constexpr (std::same_as<Layer, ShortcutBegin>) begin_shortcut(atom);
        else if constexpr (std::same_as<Layer, ShortcutEnd>) end_shortcut();
        else if constexpr (std::same_as<Layer, ShortcutSubsample>) subsample_shortcut(atom);
        else if constexpr (std::same_as<Layer, BranchSum>) add_sum(atom);
        else if constexpr (std::same_as<Layer, ConcatNext>) next_part(atom);
        else if constexpr (std::same_as<Layer, ConcatEnd>) add_concat(atom);
        else if constexpr (lacks_precision<Layer>) fail(Mistake::no_precision, atom, {}, {});
        else fail(Mistake::not_a_layer, atom, {}, {});
    }
};

template <class... Atoms>
constexpr Graph<sizeof...(Atoms)> bind(Shape input, TypeList<Atoms...>) {
    Binder<sizeof...(Atoms)> binder(input);
    int atom = 0;
    // Not a fold: Clang nests those at most 256 deep.
    const int added[] = {0, (binder.template add<typename Atoms::Layer>(atom++), 0)...};
    static_cast<void>(added);
    binder.graph.output = binder.current;
    return binder.graph;
}

}}  // namespace aquatint::v0
