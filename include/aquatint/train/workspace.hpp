// SPDX-License-Identifier: BSL-1.0
// The memory of training: one batch on its way through the network and back, and what the steps need at hand.
#pragma once

#include <memory>

#include <aquatint/train/depthwise.hpp>
#include <aquatint/train/finish.hpp>
#include <aquatint/train/layout.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Samples are dealt out in so many pieces, whatever the number of threads; what the pieces add up is combined in their order.
inline constexpr Size piece_count = 16;

/// What one piece of the batch adds up.
struct PieceSums {
    std::vector<double> sum, square;                    ///< of each step's sums, by channel
    std::vector<double> gradient, gradient_times_sum;   ///< of what follows the sums, by channel
    std::vector<double> positive, negative;             ///< gradients of slopes, by channel
    std::vector<float> weight;                          ///< gradients, in the order of the packed weights
    std::vector<LevelCounts> counts;                    ///< of each form
    std::vector<GradientMoments> moments;               ///< of each form whose levels move by gradient
    double loss = 0;
    Size correct = 0;

    void clear() {
        for (auto* numbers : {&sum, &square, &gradient, &gradient_times_sum, &positive, &negative})
            numbers->assign(numbers->size(), 0.0);
        weight.assign(weight.size(), 0.0f);
        moments.assign(moments.size(), {});
        for (LevelCounts& form : counts) form = LevelCounts(form.count.size());
        loss = 0;
        correct = 0;
    }
};

/// What a step has beside its learned floats; empty where it has none.
struct StepMemory {
    std::unique_ptr<ProductPass> product;
    std::vector<float> quantized, packed, gradient_packed;   ///< weights
    Size channel_start = 0, weight_start = 0;                ///< in PieceSums
    bool finishes = false;                                   ///< something follows the sums
    std::vector<float> sums;                                 ///< of the batch, if something follows them
    std::vector<float> scale, offset;                        ///< BatchNorm: sum -> y
    std::vector<double> mean, inverse;                       ///< of the batch's sums: mean, 1 / deviation
    std::vector<float> from_gradient, from_sum, constant;    ///< BatchNorm back: gradient of y, sum, 1 -> gradient of the sum
    bool stores[most_branches]{}, stores_shortcut = false;   ///< the first reader, going backwards, of its input or shortcut
};

/// One thread's tensors with rings, and a shortcut.
struct Scratch {
    std::vector<float> inputs, output_gradients, input_gradients, shortcut;
};

struct Workspace {
    const Description& net;
    const Layout& layout;
    Learned& learned;
    Size capacity = 0, block = 1;   ///< samples: of a batch; that go through the steps together
    std::vector<StepMemory> steps;
    std::vector<std::vector<float>> values, gradients;   ///< of each root value, [sample][element]
    std::vector<LevelTable> tables;                      ///< of each form that owns levels
    std::vector<PieceSums> pieces;
    std::vector<float> zero_ring;   ///< what padding means, by channel
    std::vector<float> raw_ring,
        raw_factor;      ///< the same for the caller's bytes, and from their value to what a raw reader sees
    bool real = false;   ///< nothing is quantized: the network's full-precision twin

    Workspace(const Description& description, const Layout& spans, Learned& floats)
        : net(description), layout(spans), learned(floats), steps(net.steps.size()), tables(net.forms.size()) {
        Size channels = 0, weights = 0;
        for (Size s = 0; s < steps.size(); ++s) {
            add_step(s);
            StepMemory& own = steps[s];
            own.channel_start = channels;
            own.weight_start = weights;
            channels += net.shape(step(s).output).channels;
            weights += own.packed.size();
            zero_ring.resize(most(zero_ring.size(), net.shape(step(s).output).channels));
        }
        pieces.resize(piece_count);
        for (PieceSums& piece : pieces) {
            for (auto* numbers :
                 {&piece.sum, &piece.square, &piece.gradient, &piece.gradient_times_sum, &piece.positive, &piece.negative})
                numbers->resize(channels);
            piece.weight.resize(weights);
            piece.moments.resize(net.forms.size());
            piece.counts.resize(net.forms.size());
        }
        plan_gradients();
    }

    const Step& step(Size s) const { return net.steps[s]; }
    Size elements(int index) const { return net.shape(index).elements(); }
    float* value(int index, Size sample) { return values[static_cast<Size>(net.root(index))].data() + sample * elements(index); }
    float* gradient(int index, Size sample) {
        return gradients[static_cast<Size>(net.root(index))].data() + sample * elements(index);
    }
    /// The sums of a step, which are its value where nothing follows them.
    float* sums(Size s, Size sample) {
        return steps[s].finishes ? steps[s].sums.data() + sample * elements(step(s).output) : value(step(s).output, sample);
    }
    const float* parameters(Span span) const { return learned.parameters.data() + span.first; }
    /// The levels with which a form is read; nullptr for real numbers and the caller's bytes.
    const LevelTable* table(int form) const {
        if (form == nothing || real) return nullptr;
        const auto owner = static_cast<Size>(net.form(form).levels);
        return net.activations[owner] ? &tables[owner] : nullptr;
    }

    Finish finish(Size s) const {
        const StepSpans& spans = layout.steps[s];
        const Shape out = net.shape(step(s).output);
        Finish result{out.pixels(), out.channels, step(s).pointwise};
        if (step(s).pointwise.affine) {
            result.scale = steps[s].scale.data();
            result.offset = steps[s].offset.data();
        } else if (spans.bias.size != 0) {
            result.offset = parameters(spans.bias);
        }
        if (spans.positive.size != 0) result.positive = parameters(spans.positive);
        if (spans.negative.size != 0) result.negative = parameters(spans.negative);
        return result;
    }
    /// What a step adds to its sums: the shortcut's value as it is carried, in the shape of the output; nullptr for nothing.
    const float* shortcut(Size s, Size sample, Scratch& scratch) {
        const Step& own = step(s);
        if (own.shortcut == nothing) return nullptr;
        const LevelTable* levels = table(own.shortcut_form);
        const float* from = value(own.shortcut, sample);
        const Size channels = net.shape(own.shortcut).channels;
        if (levels == nullptr && net.shape(own.shortcut) == net.shape(own.output)) return from;
        std::memset(scratch.shortcut.data(), 0, elements(own.output) * sizeof(float));
        for_each_shortcut_pixel(own, [&](Size source, Size target) {
            float* to = scratch.shortcut.data() + target;
            if (levels != nullptr) levels->round(from + source, channels, to);
            else std::memcpy(to, from + source, channels * sizeof(float));
        });
        return scratch.shortcut.data();
    }
    /// `action(element of the shortcut, element of the output)` for every pixel that is added.
    template <class Action>
    void for_each_shortcut_pixel(const Step& own, Action&& action) const {
        const Shape in = net.shape(own.shortcut), out = net.shape(own.output);
        for (Size y = 0; y < out.height; ++y)
            for (Size x = 0; x < out.width; ++x)
                action((y * in.width + x) * own.shortcut_stride * in.channels,
                       (y * out.width + x) * out.channels + own.shortcut_channel);
    }
    /// A product's input as the step reads it: rounded to levels, with a ring of what padding means.
    void read_input(Size s, Size sample, float* to) {
        const Extent& extent = steps[s].product->input_extent();
        const LevelTable* levels = table(step(s).input_form);
        const bool raw = net.form(step(s).input_form).raw;
        const float* from = value(step(s).input(), sample);
        const Size row = extent.shape.width * extent.shape.channels;
        fill_halo(to, extent, raw ? raw_ring.data() : zero_ring.data(), raw);
        for (Size y = 0; y < extent.shape.height; ++y) {
            float* line = to + extent.at(y, 0);
            if (levels != nullptr) levels->round(from + y * row, row, line);
            else std::memcpy(line, from + y * row, row * sizeof(float));
            if (raw)
                for (Size i = 0; i < row; ++i) line[i] *= raw_factor[i % extent.shape.channels];
        }
    }

    /// Quantizes and packs the weights of a step.
    void prepare_weights(Size s) {
        StepMemory& own = steps[s];
        if (!own.product) return;
        const float* weights = parameters(layout.steps[s].weight);
        if (net.weights[s] && !real) {
            for_each_channel(s, [&](const WeightRule& rule, Size first, VectorView<const float> channel, const float* l,
                                    const float* state) { rule.quantize(channel, l, state, own.quantized.data() + first); });
            weights = own.quantized.data();
        }
        own.product->pack(weights, own.packed.data());
        own.product->pack_for_gradient(weights, own.gradient_packed.data());
    }
    /// Calls `action(rule, first weight, weights, learned, state)` for every output channel of a step with quantized weights.
    template <class Action>
    void for_each_channel(Size s, Action&& action) {
        const StepSpans& spans = layout.steps[s];
        const WeightRule& rule = *net.weights[s];
        const Size outputs = step(s).product.outputs, inputs = spans.weight.size / outputs;
        for (Size c = 0; c < outputs; ++c)
            action(rule, c * inputs, VectorView<const float>(parameters(spans.weight) + c * inputs, inputs),
                   learned.parameters.data() + spans.weight_learned.first + c * rule.learned,
                   learned.state.data() + spans.weight_state.first + c * rule.state);
    }
    void prepare_tables() {
        for (Size form = 0; form < net.forms.size(); ++form) {
            const ActivationRule* rule = net.activations[form].get();
            if (rule == nullptr) continue;
            tables[form] =
                rule->table(parameters(layout.forms[form].learned), learned.state.data() + layout.forms[form].state.first);
            for (PieceSums& piece : pieces) piece.counts[form] = LevelCounts(tables[form].level.size());
        }
    }

    void reserve(Size count, std::vector<Scratch>& scratch) {
        if (count <= capacity) return;
        capacity = count;
        values.resize(net.values.size());
        gradients.resize(net.values.size());
        Size largest = 1, input = 1, output = 1;
        for (Size v = 0; v < net.values.size(); ++v) {
            if (net.values[v].root != static_cast<int>(v)) continue;
            const Size size = net.values[v].shape.elements();
            largest = most(largest, size);
            values[v].resize(size * count);
            if (v != 0) gradients[v].resize(size * count);
        }
        for (Size s = 0; s < steps.size(); ++s) {
            if (steps[s].finishes) steps[s].sums.resize(elements(step(s).output) * count);
            if (!steps[s].product) continue;
            input = most(input, steps[s].product->input_extent().elements());
            output = most(output, steps[s].product->output_gradient_extent().elements());
        }
        constexpr Size floats_in_cache = 16384;
        block = most<Size>(1, floats_in_cache / largest);
        for (Scratch& own : scratch) {
            own.inputs.resize(input * block);
            own.output_gradients.resize(output * block + panel_outputs);
            own.input_gradients.resize(largest * block);
            own.shortcut.resize(largest);
        }
    }
    Size bytes() const {
        Size floats = 0;
        for (const auto* tensors : {&values, &gradients})
            for (const auto& tensor : *tensors) floats += tensor.size();
        for (const StepMemory& own : steps) floats += own.sums.size();
        for (const PieceSums& piece : pieces) floats += piece.weight.size();
        return floats * sizeof(float);
    }

private:
    void add_step(Size s) {
        StepMemory& own = steps[s];
        const Shape out = net.shape(step(s).output);
        own.finishes = step(s).pointwise.affine || step(s).shortcut != nothing || step(s).pointwise.activation() ||
                       layout.steps[s].bias.size != 0;
        for (auto* numbers : {&own.scale, &own.offset, &own.from_gradient, &own.from_sum, &own.constant})
            numbers->resize(step(s).pointwise.affine ? out.channels : 0);
        own.mean.resize(own.scale.size());
        own.inverse.resize(own.scale.size());
        if (step(s).work != Work::product) return;
        const Shape in = net.shape(step(s).input());
        if (ProductPlan{step(s).product, {in, 0}, out}.depthwise())
            own.product.reset(new DepthwisePass(step(s).product, in, out));
        else own.product.reset(new WindowPass(step(s).product, in, out));
        own.quantized.resize(net.weights[s] ? layout.steps[s].weight.size : 0);
        own.packed.resize(own.product->packed_floats());
        own.gradient_packed.resize(own.product->gradient_packed_floats());
    }
    void plan_gradients() {
        std::vector<bool> written(net.values.size(), false);
        const auto first = [&](int index) {
            const auto root = static_cast<Size>(net.root(index));
            const bool stores = !written[root];
            written[root] = true;
            return stores;
        };
        first(net.output);   // the loss
        for (Size s = steps.size(); s-- > 1;) {
            if (step(s).shortcut != nothing) steps[s].stores_shortcut = first(step(s).shortcut);
            for (Size i = 0; i < step(s).input_count; ++i) steps[s].stores[i] = first(step(s).inputs[i]);
        }
    }
};

}}}  // namespace aquatint::train
