// SPDX-License-Identifier: BSL-1.0
// The steps of a network in training, forward: a few samples at a time.
#pragma once

#include <functional>

#include <aquatint/kernel/pooling.hpp>
#include <aquatint/kernel/softmax.hpp>
#include <aquatint/train/workspace.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Writes sample number `sample` of the batch as floats.
using FillInput = std::function<void(Size sample, float* input)>;

struct Forward {
    Workspace& work;
    const FillInput& fill;
    bool training = true;

    /// The sums of a step, and what BatchNorm and the quantizers want to know of a batch.
    void compute(Size s, Size first, Size last, PieceSums& piece, Scratch& scratch) const {
        const Step& step = work.step(s);
        if (step.work == Work::product) multiply(s, first, last, piece, scratch);
        else
            for (Size sample = first; sample < last; ++sample) compute_sample(s, sample);
        if (!training || !step.pointwise.affine) return;
        const Size channel = work.steps[s].channel_start;
        for (Size sample = first; sample < last; ++sample)
            work.finish(s).add_moments(work.sums(s, sample), piece.sum.data() + channel, piece.square.data() + channel);
    }
    /// From sums to the value.
    void finish(Size s, Size first, Size last, Scratch& scratch) const {
        const Finish finish = work.finish(s);
        for (Size sample = first; sample < last; ++sample)
            finish.forward(work.sums(s, sample), work.shortcut(s, sample, scratch), work.value(work.step(s).output, sample));
    }

private:
    void multiply(Size s, Size first, Size last, PieceSums& piece, Scratch& scratch) const {
        const Step& step = work.step(s);
        const ProductPass& product = *work.steps[s].product;
        const Size pitch = product.input_extent().elements();
        const auto owner = static_cast<Size>(work.net.form(step.input_form).levels);
        const bool counts = training && work.net.activations[owner] && work.net.activations[owner]->counts_levels;
        for (Size sample = first; sample < last; ++sample) {
            work.read_input(s, sample, scratch.inputs.data() + (sample - first) * pitch);
            if (counts)
                work.tables[owner].count(work.value(step.input(), sample), work.elements(step.input()), piece.counts[owner]);
        }
        product.sums(work.steps[s].packed.data(), {scratch.inputs.data(), last - first, pitch},
                     {work.sums(s, first), last - first, work.elements(step.output)});
    }
    void compute_sample(Size s, Size sample) const {
        const Step& step = work.step(s);
        const Shape out = work.net.shape(step.output);
        float* to = work.sums(s, sample);
        if (step.work == Work::entry) return fill(sample, to);
        if (step.work == Work::concat) return concat(step, sample, to);
        const float* from = work.value(step.input(), sample);
        const Extent in{work.net.shape(step.input()), 0};
        if (step.work == Work::pooling) pool(step.pooling, from, in, to, {out, 0});
        else if (step.work == Work::softmax) softmax(from, in, to, {out, 0});
        else if (const LevelTable* levels = work.table(step.input_form)) levels->round(from, out.elements(), to);
        else std::memcpy(to, from, out.elements() * sizeof(float));
    }
    void concat(const Step& step, Size sample, float* to) const {
        const Shape out = work.net.shape(step.output);
        for (Size part = 0; part < step.input_count; ++part) {
            const Size channels = work.net.shape(step.inputs[part]).channels;
            const float* from = work.value(step.inputs[part], sample);
            for (Size pixel = 0; pixel < out.pixels(); ++pixel)
                std::memcpy(to + pixel * out.channels, from + pixel * channels, channels * sizeof(float));
            to += channels;
        }
    }
};

}}}  // namespace aquatint::train
