// SPDX-License-Identifier: BSL-1.0
// The steps of a network in training, backwards: from the gradient of a step's value to those of its inputs and parameters.
#pragma once

#include <functional>

#include <aquatint/train/pooling.hpp>
#include <aquatint/train/workspace.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// The loss of a sample; writes the gradient of its outputs, and adds to `correct` if it was recognized.
using SampleLoss = std::function<double(Size sample, const float* outputs, float* gradient, Size& correct)>;

struct Backward {
    Workspace& work;
    const SampleLoss& loss;

    /// From the gradient of a value to that of what its activation reads, in place; the shortcut gets its share.
    void finish(Size s, Size first, Size last, PieceSums& piece, Scratch& scratch) const {
        const Step& step = work.step(s);
        const Finish finish = work.finish(s);
        const Size channel = work.steps[s].channel_start;
        const Finish::Sums totals{piece.gradient.data() + channel, piece.gradient_times_sum.data() + channel,
                                  piece.positive.data() + channel, piece.negative.data() + channel};
        for (Size sample = first; sample < last; ++sample) {
            float* gradient = work.gradient(step.output, sample);
            const float* result = work.value(step.output, sample);
            if (work.net.root(step.output) == work.net.root(work.net.output))
                piece.loss += loss(sample, result, gradient, piece.correct);
            if (!work.steps[s].finishes) continue;
            finish.backward(work.sums(s, sample), finish.slopes() ? work.shortcut(s, sample, scratch) : nullptr, result, gradient,
                            totals);
            if (step.shortcut != nothing) pass_to_shortcut(s, sample, gradient, scratch);
        }
    }
    /// From the gradient of y to those of weights and inputs.
    void compute(Size s, Size first, Size last, PieceSums& piece, Scratch& scratch) const {
        const Step& step = work.step(s);
        if (step.work == Work::product) return multiply(s, first, last, piece, scratch);
        for (Size sample = first; sample < last; ++sample) {
            float* gradient = work.gradient(step.output, sample);
            if (step.pointwise.affine) gradient_of_sums(s, sample, gradient, gradient);
            if (step.work == Work::concat) concat(s, sample);
            else if (work.net.root(step.input()) == 0) continue;
            else if (step.work == Work::pooling) pool(s, sample);
            else if (step.work == Work::softmax) softmax(s, sample);
            else pass(s, step.input_form, sample, gradient, work.steps[s].stores[0], piece);
        }
    }

private:
    static void hand_over(const float* from, Size count, bool stores, float* to) {
        if (stores) std::memcpy(to, from, count * sizeof(float));
        else by_lanes(count, [&]<class Numbers>(Size i) { store(to + i, load<Numbers>(to + i) + load<Numbers>(from + i)); });
    }
    /// BatchNorm back: every sum moves mean and deviation of its channel, too.
    void gradient_of_sums(Size s, Size sample, const float* gradient, float* to) const {
        const StepMemory& own = work.steps[s];
        const float* sums = work.sums(s, sample);
        const Shape out = work.net.shape(work.step(s).output);
        by_channels(out.channels, [&]<class Numbers, Size Count>(Size channel) {
            constexpr Size width = sizeof(Numbers) / sizeof(float);
            Numbers a[Count], b[Count], c[Count];
            for (Size i = 0; i < Count; ++i) {
                a[i] = load<Numbers>(own.from_gradient.data() + channel + i * width);
                b[i] = load<Numbers>(own.from_sum.data() + channel + i * width);
                c[i] = load<Numbers>(own.constant.data() + channel + i * width);
            }
            for (Size pixel = 0; pixel < out.pixels(); ++pixel)
                for (Size i = 0; i < Count; ++i) {
                    const Size at = pixel * out.channels + channel + i * width;
                    store(to + at, load<Numbers>(gradient + at) * a[i] + load<Numbers>(sums + at) * b[i] + c[i]);
                }
        });
    }
    void multiply(Size s, Size first, Size last, PieceSums& piece, Scratch& scratch) const {
        const Step& step = work.step(s);
        const StepMemory& own = work.steps[s];
        const Extent &in = own.product->input_extent(), &out = own.product->output_gradient_extent();
        const Size count = last - first, row = out.shape.width * out.shape.channels;
        for (Size sample = first; sample < last; ++sample) {
            float* to = scratch.output_gradients.data() + (sample - first) * out.elements();
            float* gradient = work.gradient(step.output, sample);
            if (step.pointwise.affine) gradient_of_sums(s, sample, gradient, gradient);
            fill_halo(to, out, work.zero_ring.data(), false);
            for (Size y = 0; y < out.shape.height; ++y) std::memcpy(to + out.at(y, 0), gradient + y * row, row * sizeof(float));
            work.read_input(s, sample, scratch.inputs.data() + (sample - first) * in.elements());
        }
        const Samples<const float> inputs{scratch.inputs.data(), count, in.elements()};
        const Samples<const float> gradients{scratch.output_gradients.data(), count, out.elements()};
        own.product->weight_gradient(inputs, gradients, piece.weight.data() + own.weight_start);
        if (work.net.root(step.input()) == 0) return;
        const Size size = work.elements(step.input());
        own.product->input_gradient(own.gradient_packed.data(), gradients, {scratch.input_gradients.data(), count, size});
        for (Size sample = first; sample < last; ++sample)
            pass(s, step.input_form, sample, scratch.input_gradients.data() + (sample - first) * size, own.stores[0], piece);
    }
    /// Through the quantizer with which a step reads its first input; `gradient` is spent.
    void pass(Size s, int form, Size sample, float* gradient, bool stores, PieceSums& piece) const {
        const int index = work.step(s).input();
        const Size count = work.elements(index);
        const float* from = work.value(index, sample);
        if (const LevelTable* levels = work.table(form)) {
            const auto owner = static_cast<Size>(work.net.form(form).levels);
            if (work.layout.forms[owner].learned.size != 0) levels->add_moments(from, gradient, count, piece.moments[owner]);
            levels->pass(from, count, gradient);
        }
        hand_over(gradient, count, stores, work.gradient(index, sample));
    }
    void pass_to_shortcut(Size s, Size sample, const float* gradient, Scratch& scratch) const {
        const Step& step = work.step(s);
        const Size channels = work.net.shape(step.shortcut).channels, count = work.elements(step.shortcut);
        float* to = work.gradient(step.shortcut, sample);
        const LevelTable* levels = work.table(step.shortcut_form);
        if (work.net.root(step.shortcut) == 0) return;
        if (levels == nullptr && work.net.shape(step.shortcut) == work.net.shape(step.output))
            return hand_over(gradient, count, work.steps[s].stores_shortcut, to);
        float* spread = scratch.shortcut.data();
        std::memset(spread, 0, count * sizeof(float));
        work.for_each_shortcut_pixel(
            step, [&](Size source, Size target) { std::memcpy(spread + source, gradient + target, channels * sizeof(float)); });
        if (levels != nullptr) levels->pass(work.value(step.shortcut, sample), count, spread);
        hand_over(spread, count, work.steps[s].stores_shortcut, to);
    }
    void pool(Size s, Size sample) const {
        const Step& step = work.step(s);
        float* to = work.gradient(step.input(), sample);
        if (work.steps[s].stores[0]) std::memset(to, 0, work.elements(step.input()) * sizeof(float));
        pool_backward(step.pooling, work.net.shape(step.input()), work.net.shape(step.output), work.value(step.input(), sample),
                      work.gradient(step.output, sample), to);
    }
    void softmax(Size s, Size sample) const {
        const Step& step = work.step(s);
        const Shape shape = work.net.shape(step.output);
        const float *probability = work.value(step.output, sample), *gradient = work.gradient(step.output, sample);
        float* to = work.gradient(step.input(), sample);
        for (Size pixel = 0; pixel < shape.pixels();
             ++pixel, probability += shape.channels, gradient += shape.channels, to += shape.channels) {
            float mean = 0;
            for (Size c = 0; c < shape.channels; ++c) mean += probability[c] * gradient[c];
            for (Size c = 0; c < shape.channels; ++c)
                to[c] = (work.steps[s].stores[0] ? 0.0f : to[c]) + probability[c] * (gradient[c] - mean);
        }
    }
    void concat(Size s, Size sample) const {
        const Step& step = work.step(s);
        const Shape out = work.net.shape(step.output);
        const float* from = work.gradient(step.output, sample);
        for (Size part = 0; part < step.input_count; ++part) {
            const Size channels = work.net.shape(step.inputs[part]).channels;
            if (work.net.root(step.inputs[part]) != 0)
                for (Size pixel = 0; pixel < out.pixels(); ++pixel)
                    hand_over(from + pixel * out.channels, channels, work.steps[s].stores[part],
                              work.gradient(step.inputs[part], sample) + pixel * channels);
            from += channels;
        }
    }
};

}}}  // namespace aquatint::train
