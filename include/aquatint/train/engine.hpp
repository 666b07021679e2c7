// SPDX-License-Identifier: BSL-1.0
// The engine of training: a batch forward and its gradient back, in the order that BatchNorm allows.
#pragma once

#include <aquatint/train/backward.hpp>
#include <aquatint/train/forward.hpp>
#include <aquatint/train/team.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// What a batch came to.
struct BatchResult {
    double loss = 0;   ///< the sum over its samples
    Size correct = 0;
};

/// Which mean and variance BatchNorm has in a forward pass: the running ones, or those of the batch, of which the running
/// ones take a share, or that nobody remembers.
enum class Statistics { running, batch, batch_unremembered };

/// Forward, a step is its sums, the statistics of BatchNorm, which need the whole batch, and its finish; back, they run the other
/// way. What lies between two statistics runs sample by sample, so that what one step writes the next one finds in the cache.
class Engine {
public:
    Engine(const Description& net, const Layout& layout, Learned& learned, Size thread_count)
        : work(net, layout, learned), team(thread_count), scratch(team.size()) {}

    Workspace& workspace() { return work; }
    Team& threads() { return team; }

    /// After the learned floats changed: quantized and packed weights, levels of activations.
    void prepare() {
        team.run(work.steps.size(), [&](Size s, Size) { work.prepare_weights(s); });
        work.prepare_tables();
    }
    /// `work.value` of everything, for `count` samples.
    void forward(Size count, const FillInput& fill, Statistics statistics) {
        const bool training = statistics != Statistics::running;
        work.reserve(count, scratch);
        team.run(piece_count, [&](Size piece, Size) { work.pieces[piece].clear(); });
        const Forward pass{work, fill, training};
        Tasks tasks;
        const auto run = [&] {
            for_each_block(tasks, count, [&](const Task& task, Size first, Size last, PieceSums& piece, Scratch& own) {
                if (task.finish) pass.finish(task.step, first, last, own);
                else pass.compute(task.step, first, last, piece, own);
            });
        };
        for (Size s = 0; s < work.steps.size(); ++s) {
            tasks.push_back({s, false});
            if (work.step(s).pointwise.affine) {
                if (training) run();
                normalize(s, count, statistics);
            }
            if (work.steps[s].finishes) tasks.push_back({s, true});
        }
        run();
    }
    /// The same by the full-precision network, with the statistics of the batch, which nobody remembers.
    void forward_real(Size count, const FillInput& fill) {
        work.real = true;
        for (Size s = 0; s < work.steps.size(); ++s) work.prepare_weights(s);
        forward(count, fill, Statistics::batch_unremembered);
        work.real = false;
    }
    /// After `forward` in training: the gradient of the loss's sum over the samples, a float for each parameter.
    BatchResult backward(Size count, const SampleLoss& loss, std::vector<float>& gradient) {
        const Backward pass{work, loss};
        Tasks tasks;
        const auto run = [&] {
            for_each_block(tasks, count, [&](const Task& task, Size first, Size last, PieceSums& piece, Scratch& own) {
                if (task.finish) pass.finish(task.step, first, last, piece, own);
                else pass.compute(task.step, first, last, piece, own);
            });
        };
        for (Size s = work.steps.size(); s-- > 1;) {
            tasks.push_back({s, true});
            if (work.step(s).pointwise.affine) {
                run();
                normalize_back(s, count);
            }
            tasks.push_back({s, false});
        }
        run();
        collect(gradient);
        BatchResult result;
        for (const PieceSums& piece : work.pieces) {
            result.loss += piece.loss;
            result.correct += piece.correct;
        }
        return result;
    }
    /// Moves the quantizers that learn by rules: those of activations by the counts of the last forward pass, those of weights by
    /// the weights after the optimizer's step, in the codes that the levels of that pass give them.
    void update_quantizers() {
        team.run(work.steps.size(), [&](Size s, Size) {
            if (!work.net.weights[s]) return;
            work.for_each_channel(s, [](const WeightRule& rule, Size, VectorView<const float> weights, const float* l,
                                        float* state) { rule.update(weights, l, state); });
        });
        for (Size form = 0; form < work.net.forms.size(); ++form) {
            const ActivationRule* rule = work.net.activations[form].get();
            if (rule == nullptr || !rule->counts_levels) continue;
            LevelCounts total(work.tables[form].level.size());
            for (const PieceSums& piece : work.pieces) total.add(piece.counts[form]);
            rule->update(work.tables[form], total, work.learned.state.data() + work.layout.forms[form].state.first);
        }
    }

private:
    struct Task {
        Size step;
        bool finish;
    };
    using Tasks = std::vector<Task>;
    Workspace work;
    Team team;
    std::vector<Scratch> scratch;

    template <class Action>
    void for_each_block(Tasks& tasks, Size count, Action&& action) {
        if (!tasks.empty())
            team.run(piece_count, [&](Size piece, Size thread) {
                const Size end = (piece + 1) * count / piece_count;
                for (Size first = piece * count / piece_count; first < end; first += work.block)
                    for (const Task& task : tasks)
                        action(task, first, least(first + work.block, end), work.pieces[piece], scratch[thread]);
            });
        tasks.clear();
    }
    double total(std::vector<double> PieceSums::*numbers, Size at) const {
        double sum = 0;
        for (const PieceSums& piece : work.pieces) sum += (piece.*numbers)[at];
        return sum;
    }
    /// BatchNorm's scale and offset.
    void normalize(Size s, Size count, Statistics statistics) {
        constexpr float share = 0.1f;   // of a batch in the running statistics
        StepMemory& own = work.steps[s];
        const StepSpans& spans = work.layout.steps[s];
        const Shape out = work.net.shape(work.step(s).output);
        float *mean = work.learned.state.data() + spans.mean.first, *variance = work.learned.state.data() + spans.variance.first;
        const auto elements = static_cast<double>(count * out.pixels());
        for (Size c = 0; c < out.channels; ++c) {
            double m = static_cast<double>(mean[c]), v = static_cast<double>(variance[c]);
            if (statistics != Statistics::running) {
                m = total(&PieceSums::sum, own.channel_start + c) / elements;
                v = most(total(&PieceSums::square, own.channel_start + c) / elements - m * m, 0.0);
            }
            if (statistics == Statistics::batch) {
                const double unbiased = elements > 1 ? v * elements / (elements - 1) : v;
                mean[c] += share * (static_cast<float>(m) - mean[c]);
                variance[c] += share * (static_cast<float>(unbiased) - variance[c]);
            }
            own.mean[c] = m;
            own.inverse[c] = 1 / std::sqrt(v + static_cast<double>(batch_norm_epsilon));
            const double scale = static_cast<double>(work.parameters(spans.gamma)[c]) * own.inverse[c];
            own.scale[c] = static_cast<float>(scale);
            own.offset[c] = static_cast<float>(static_cast<double>(work.parameters(spans.beta)[c]) - m * scale);
        }
    }
    void normalize_back(Size s, Size count) {
        StepMemory& own = work.steps[s];
        const Shape out = work.net.shape(work.step(s).output);
        const auto elements = static_cast<double>(count * out.pixels());
        for (Size c = 0; c < out.channels; ++c) {
            const double gradient = total(&PieceSums::gradient, own.channel_start + c);
            const double product =
                (total(&PieceSums::gradient_times_sum, own.channel_start + c) - own.mean[c] * gradient) * own.inverse[c];
            const double scale = static_cast<double>(work.parameters(work.layout.steps[s].gamma)[c]) * own.inverse[c];
            const double slope = -scale * own.inverse[c] * product / elements;
            own.from_gradient[c] = static_cast<float>(scale);
            own.from_sum[c] = static_cast<float>(slope);
            own.constant[c] = static_cast<float>(-scale * gradient / elements - slope * own.mean[c]);
        }
    }
    /// Adds up what the pieces found.
    void collect(std::vector<float>& gradient) {
        gradient.assign(work.learned.parameters.size(), 0.0f);
        team.run(work.steps.size(), [&](Size s, Size) { collect_step(s, gradient); });
        for (Size form = 0; form < work.net.forms.size(); ++form) {
            const Span span = work.layout.forms[form].learned;
            if (span.size == 0) continue;
            GradientMoments sum;
            for (const PieceSums& piece : work.pieces) sum.add(piece.moments[form]);
            const double features = static_cast<double>(work.elements(work.net.form(static_cast<int>(form)).value));
            work.net.activations[form]->gradient(work.tables[form], sum, features, work.parameters(span),
                                                 gradient.data() + span.first);
        }
    }
    void collect_step(Size s, std::vector<float>& gradient) {
        const StepMemory& own = work.steps[s];
        const StepSpans& spans = work.layout.steps[s];
        const auto sum_channels = [&](Span span, std::vector<double> PieceSums::*numbers) {
            for (Size c = 0; c < span.size; ++c)
                gradient[span.first + c] = static_cast<float>(total(numbers, own.channel_start + c));
        };
        sum_channels(spans.bias, &PieceSums::gradient);
        sum_channels(spans.beta, &PieceSums::gradient);
        sum_channels(spans.positive, &PieceSums::positive);
        sum_channels(spans.negative, &PieceSums::negative);
        for (Size c = 0; c < spans.gamma.size; ++c)
            gradient[spans.gamma.first + c] =
                static_cast<float>((total(&PieceSums::gradient_times_sum, own.channel_start + c) -
                                    own.mean[c] * total(&PieceSums::gradient, own.channel_start + c)) *
                                   own.inverse[c]);
        if (!own.product) return;
        std::vector<float> packed(own.packed.size());
        for (const PieceSums& piece : work.pieces)
            by_lanes(packed.size(), [&]<class Numbers>(Size i) {
                store(packed.data() + i,
                      load<Numbers>(packed.data() + i) + load<Numbers>(piece.weight.data() + own.weight_start + i));
            });
        own.product->unpack(packed.data(), gradient.data() + spans.weight.first);
        if (!work.net.weights[s]) return;
        Size channel = 0;
        work.for_each_channel(
            s, [&](const WeightRule& rule, Size first, VectorView<const float> weights, const float* l, const float* state) {
                rule.backward(weights, l, state, gradient.data() + spans.weight.first + first,
                              gradient.data() + spans.weight_learned.first + channel++ * rule.learned);
            });
    }
};

}}}  // namespace aquatint::train
