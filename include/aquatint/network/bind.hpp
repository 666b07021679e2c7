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
    }

    constexpr bool failed() const { return graph.finding.mistake != Mistake::none; }
    constexpr void fail(Mistake mistake, int atom, Size expected, Size found) {
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

    constexpr void add_product(const Product& product, int atom) {
        const Shape in = shape();
        const Geometry& geometry = product.geometry;
        if (product.reads_vector && in.pixels() != 1) return fail(Mistake::dense_reads_image, atom, 1, in.pixels());
        if (!geometry.fits(in)) return fail(Mistake::kernel_exceeds_image, atom, geometry.reach_height(), in.height);
        if (in.channels % geometry.groups != 0 || product.outputs % geometry.groups != 0)
            return fail(Mistake::groups_divide_channels, atom, geometry.groups, in.channels);
        follow(Work::product, atom, geometry.output(in, product.outputs)).product = product;
    }
    constexpr void add_pooling(const Pooling& pooling, int atom) {
        const Shape in = shape();
        if (!pooling.geometry.fits(in)) return fail(Mistake::kernel_exceeds_image, atom, pooling.geometry.reach_height(), in.height);
        follow(Work::pooling, atom, pooling.geometry.output(in, in.channels)).pooling = pooling;
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

    constexpr void begin_branch() {
        Branch& branch = branches[depth++];
        branch = {};
        branch.start = branch.shortcut = current;
        ++graph.values[current].readers;   // the shortcut's reading: nothing after this may be fused into the writer
    }
    constexpr void end_shortcut(bool subsample) {
        Branch& branch = branches[depth - 1];
        branch.subsample = subsample;
        if (subsample) return;
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
            if (!whole || from.channels > to.channels) return fail(Mistake::subsample_of_shapes, atom, from.channels, to.channels);
            channel = (to.channels - from.channels) / 2;
        } else if (!(from == to)) {
            return fail(Mistake::sum_of_shapes, atom, from.elements(), to.elements());
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
        if (branch.part_count == most_branches) return fail(Mistake::too_many_branches, atom, most_branches, most_branches + 1);
        branch.parts[branch.part_count++] = read(current);
        current = branch.start;
    }
    constexpr void add_concat(int atom) {
        const Branch branch = branches[--depth];
        Shape result = graph.values[branch.parts[0]].shape;
        result.channels = 0;
        for (Size part = 0; part < branch.part_count; ++part) {
            const Shape in = graph.values[branch.parts[part]].shape;
            if (in.height != result.height || in.width != result.width)
                return fail(Mistake::concat_of_shapes, atom, result.pixels(), in.pixels());
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
        if constexpr (ProductLayer<Layer>) add_product(Layer::product(shape()), atom);
        else if constexpr (PoolingLayer<Layer>) add_pooling(Layer::pooling(shape()), atom);
        else if constexpr (PointwiseLayer<Layer>) add_pointwise(Layer::pointwise, atom);
        else if constexpr (ReshapingLayer<Layer>) add_reshape(Layer::reshape(shape()));
        else if constexpr (NormalizingLayer<Layer>) follow(Work::softmax, atom, shape());
        else if constexpr (std::same_as<Layer, BranchBegin> || std::same_as<Layer, ConcatBegin>) begin_branch();
        else if constexpr (std::same_as<Layer, ShortcutEnd>) end_shortcut(false);
        else if constexpr (std::same_as<Layer, SubsampleEnd>) end_shortcut(true);
        else if constexpr (std::same_as<Layer, BranchSum>) add_sum(atom);
        else if constexpr (std::same_as<Layer, ConcatNext>) next_part(atom);
        else if constexpr (std::same_as<Layer, ConcatEnd>) add_concat(atom);
        else static_assert(ProductLayer<Layer>, "aquatint: this type is not a layer: it can be read neither as a product, a pooling, a "
                                                "pointwise function, a reshape nor a softmax");
    }
};

template <class... Atoms>
constexpr Graph<sizeof...(Atoms)> bind(Shape input, TypeList<Atoms...>) {
    Binder<sizeof...(Atoms)> binder(input);
    int atom = 0;
    (binder.template add<typename Atoms::Layer>(atom++), ...);
    if (sizeof...(Atoms) == 0) binder.fail(Mistake::no_layers, nothing, 1, 0);
    binder.graph.output = binder.current;
    return binder.graph;
}

}}  // namespace aquatint::v0
