// SPDX-License-Identifier: BSL-1.0
// fit(model, data, options): trains; evaluate(model, data): how well it does.
#pragma once

#include <bit>
#include <chrono>
#include <optional>
#include <string>

#include <aquatint/train/checkpoint.hpp>
#include <aquatint/train/loss.hpp>
#include <aquatint/train/model.hpp>
#include <aquatint/train/optimizer.hpp>
#include <aquatint/train/start_quantizers.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// How far a training is, after each batch.
struct Progress {
    Size epoch = 0, epochs = 0;    ///< of the epoch that runs, from 1
    Size batch = 0, batches = 0;   ///< done in this epoch
    double loss = 0;               ///< mean over the epoch so far
    double accuracy = 0;           ///< share of the samples recognized in this epoch; 0 where there are no labels
    double rate = 0;
    double seconds = 0;   ///< since the beginning, or since it was taken up again
    double seconds_left = 0;
    std::optional<double> test_accuracy{};   ///< after the last batch of an epoch, if there is test data
};
using Observer = std::function<void(const Progress&)>;

/// A float network that the outputs should resemble (Hinton et al., 2015).
struct Teacher {
    AnyModel* model = nullptr;
    double share = 0.5;   ///< of the loss
    double temperature = 4;
};

struct Options {
    Size epochs = 10;
    Size batch = 128;
    Optimizer optimizer = Sgd{};
    Schedule schedule = cosine();
    double label_smoothing = 0;
    Teacher teacher{};
    Augmentation augmentation{};
    UInt64 seed = 1;              ///< of order and augmentation
    Size threads = 0;             ///< 0: all; the results are the same
    const Data* test = nullptr;   ///< looked at after every epoch; never decides anything
    Observer observer{};          ///< nothing is printed without one
    Observer after_epoch{};       ///< the same, called at the end of each epoch only
    std::string checkpoint{};     ///< a file to go on from, written now and then; none if empty
    double checkpoint_seconds = 120;
    Size stop_after = 0;   ///< batches, then the training rests at a checkpoint; 0: never
};

struct FitResult {
    double loss = 0, accuracy = 0;   ///< of the last epoch
    Size epochs = 0;                 ///< done
};

/// The engines of a training and its memory.
class Trainer {
public:
    Trainer(AnyModel& trained, const Data& samples, const Options& chosen)
        : model(trained), data(samples), options(chosen),
          engine(model.description(), model.spans(), model.learned, options.threads) {
        model.describe_bytes(engine.workspace());
        if (options.teacher.model == nullptr) return;
        AnyModel& teacher = *options.teacher.model;
        taught.emplace(teacher.description(), teacher.spans(), teacher.learned, options.threads);
        teacher.describe_bytes(taught->workspace());
        taught->prepare();
    }

    /// Sets the model to the state of the checkpoint, if there is one.
    Error take_up(Position& position) {
        if (const Error e = check()) return e;
        moments.resize(memory_of(options.optimizer) * model.parameter_count());
        if (!options.checkpoint.empty())
            if (const Error e = load_checkpoint(options.checkpoint, fingerprint(), model.learned, moments, position)) return e;
        if (position.batches != 0) model.quantizers_started = true;
        return {};
    }
    Error run(FitResult& result) {
        Position position;
        if (const Error e = take_up(position)) return e;
        start_clock();
        const Size batches = data.size / options.batch;
        for (; position.batches < options.epochs * batches;) {
            const Size epoch = position.batches / batches;
            const std::vector<UInt32> order = shuffled(data.size, Random(options.seed, epoch));
            for (Size batch = position.batches % batches; batch < batches; ++batch) {
                if (batch == 0) position.loss = position.correct = 0;
                run_batch(order.data() + batch * options.batch, epoch, position, static_cast<double>(options.epochs * batches));
                if (!std::isfinite(position.loss)) return error("the loss is not finite: the rate is too high", "training");
                report(position, epoch, batch + 1, batches);
                const bool rests = options.stop_after != 0 && ++done == options.stop_after;
                if (const Error e = save(position, rests)) return e;
                if (rests) return {};
            }
            result = {position.loss / static_cast<double>(batches * options.batch),
                      position.correct / static_cast<double>(batches * options.batch), epoch + 1};
        }
        return save(position, true);
    }

    /// Share of the samples whose label has the largest output, with running statistics.
    double accuracy_on(const Data& samples) {
        if (!samples.label) return 0;
        Size correct = 0;
        each_output(samples, [&](Size sample, const float* outputs, Size count) {
            correct += largest_of(outputs, count) == samples.label(sample) ? 1u : 0u;
        });
        return static_cast<double>(correct) / static_cast<double>(most<Size>(samples.size, 1));
    }
    template <class Action>
    void each_output(const Data& samples, Action&& action) {
        const Description& net = model.description();
        engine.prepare();
        for (Size first = 0; first < samples.size; first += options.batch) {
            const Size count = least(options.batch, samples.size - first);
            engine.forward(
                count,
                [&](Size sample, float* input) {
                    read_sample(samples, first + sample, net.input, model.normalization, {}, input);
                },
                Statistics::running);
            for (Size sample = 0; sample < count; ++sample)
                action(first + sample, engine.workspace().value(net.output, sample), engine.workspace().elements(net.output));
        }
    }

private:
    AnyModel& model;
    const Data& data;
    const Options& options;
    Engine engine;
    std::optional<Engine> taught;
    std::vector<float> moments, gradient;
    std::chrono::steady_clock::time_point begin, saved;
    Size done = 0, reported = 0;   ///< batches

    void start_clock() { begin = saved = std::chrono::steady_clock::now(); }
    static double seconds_since(std::chrono::steady_clock::time_point moment) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - moment).count();
    }
    Error check() const {
        const Description& net = model.description();
        if (data.size < options.batch || options.batch == 0)
            return error("there are fewer samples than a batch has", "data", static_cast<Int64>(options.batch),
                         static_cast<Int64>(data.size));
        if (net.takes_bytes != static_cast<bool>(data.bytes))
            return error("samples are bytes where the network's input is quantized, else floats", "data");
        if (!data.label && !data.target) return error("samples have labels or targets", "data");
        if (data.label)
            for (Size i = 0; i < data.size; ++i)
                if (data.label(i) >= net.shape(net.output).elements())
                    return error("a label is below the number of outputs", "data",
                                 static_cast<Int64>(net.shape(net.output).elements()) - 1, static_cast<Int64>(data.label(i)));
        if (options.teacher.model != nullptr && !(options.teacher.model->description().input == net.input))
            return error("the teacher has another input than the network", "teacher");
        return {};
    }
    /// Checkpoints of other networks or trainings are refused.
    UInt64 fingerprint() const {
        Hash hash;
        for (const Step& step : model.description().steps)
            hash.add(static_cast<UInt64>(step.work)).add(model.description().shape(step.output).elements());
        const Optimizer& optimizer = options.optimizer;
        hash.add(optimizer.index())
            .add(options.seed)
            .add(options.epochs)
            .add(options.batch)
            .add(data.size)
            .add(options.augmentation.shift)
            .add(options.augmentation.flip);
        const auto add = [&](double number) { hash.add(std::bit_cast<UInt64>(number)); };
        for (const double number : std::visit([](const auto& own) { return numbers_of(own); }, optimizer)) add(number);
        constexpr int moments_looked_at = 16;
        for (int i = 0; i <= moments_looked_at; ++i) add(options.schedule(static_cast<double>(i) / moments_looked_at));
        add(options.label_smoothing);
        if (taught) {
            add(options.teacher.share);
            add(options.teacher.temperature);
            const Learned& known = options.teacher.model->learned;
            for (const auto* floats : {&known.parameters, &known.state})
                for (const float number : *floats) hash.add(std::bit_cast<UInt32>(number));
        }
        return hash.add(model.learned.parameters.size()).add(model.learned.state.size()).state;
    }

    FillInput fill(const UInt32* order, Size epoch) const {
        return [this, order, epoch](Size sample, float* input) {
            const Size number = order[sample];
            const Placed placed = Placed::random(options.augmentation, Random(options.seed, epoch + 1, number + 1));
            read_sample(data, number, model.description().input, model.normalization, placed, input);
        };
    }
    void run_batch(const UInt32* order, Size epoch, Position& position, double all_batches) {
        const FillInput input = fill(order, epoch);
        if (!model.quantizers_started) {
            start_quantizers(engine, options.batch, input);
            model.quantizers_started = true;
        }
        Workspace& work = engine.workspace();
        const double progress = static_cast<double>(position.batches) / all_batches;
        for (const auto& rule : work.net.weights)
            if (rule) rule->context.progress = static_cast<float>(progress);
        engine.prepare();
        engine.forward(options.batch, input, Statistics::batch);
        if (taught) taught->forward(options.batch, input, Statistics::running);
        const BatchResult batch = engine.backward(options.batch, loss_of(order), gradient);
        move(progress, position.batches + 1);
        engine.update_quantizers();
        position.loss += batch.loss;
        position.correct += static_cast<double>(batch.correct);
        ++position.batches;
    }
    SampleLoss loss_of(const UInt32* order) {
        const Size count = engine.workspace().elements(model.description().output);
        const double share = 1.0 / static_cast<double>(options.batch), taught_share = taught ? options.teacher.share : 0;
        return [=, this](Size sample, const float* outputs, float* gradients, Size& correct) {
            double loss = 0;
            if (data.label) {
                const Size label = data.label(order[sample]);
                loss = (1 - taught_share) *
                       cross_entropy(outputs, count, label, options.label_smoothing, share * (1 - taught_share), gradients);
                correct += largest_of(outputs, count) == label ? 1u : 0u;
            } else {
                loss = (1 - taught_share) *
                       mean_square(outputs, data.target(order[sample]), count, share * (1 - taught_share), gradients);
            }
            if (taught) {
                const float* wanted = taught->workspace().value(options.teacher.model->description().output, sample);
                loss += taught_share *
                        distillation(outputs, wanted, count, options.teacher.temperature, share * taught_share, gradients);
            }
            return loss;
        };
    }
    /// One step of the optimizer; in equal parts, whatever the number of threads.
    void move(double progress, UInt64 number) {
        const Size count = model.parameter_count();
        const auto move_span = [&](Span span, bool decays) {
            std::visit(
                [&](const auto& optimizer) {
                    step(optimizer, optimizer.rate * options.schedule(progress), decays, number, gradient.data() + span.first,
                         span.size, moments.data() + span.first, count, model.learned.parameters.data() + span.first);
                },
                options.optimizer);
        };
        Size next = 0;
        const auto decay = [&](Span span) {
            if (span.size == 0) return;
            move_span({next, span.first - next}, false);
            move_span(span, true);
            next = span.first + span.size;
        };
        const Layout& layout = model.spans();
        for (const StepSpans& spans : layout.steps) decay(spans.weight);
        for (Size form = 0; form < layout.forms.size(); ++form)
            if (const auto& rule = model.description().activations[form]; rule && rule->decays) decay(layout.forms[form].learned);
        move_span({next, count - next}, false);
    }
    void report(const Position& position, Size epoch, Size batch, Size batches) {
        const bool ends = batch == batches;
        if (!options.observer && !(ends && options.after_epoch)) return;
        Progress progress{epoch + 1, options.epochs, batch, batches};
        const double samples = static_cast<double>(batch * options.batch);
        progress.loss = position.loss / samples;
        progress.accuracy = position.correct / samples;
        progress.rate = std::visit([](const auto& optimizer) { return optimizer.rate; }, options.optimizer) *
                        options.schedule(static_cast<double>(position.batches) / static_cast<double>(options.epochs * batches));
        progress.seconds = seconds_since(begin);
        ++reported;
        progress.seconds_left =
            progress.seconds / static_cast<double>(reported) * static_cast<double>(options.epochs * batches - position.batches);
        if (ends && options.test != nullptr) progress.test_accuracy = accuracy_on(*options.test);
        if (options.observer) options.observer(progress);
        if (ends && options.after_epoch) options.after_epoch(progress);
    }

    Error save(const Position& position, bool now) {
        if (options.checkpoint.empty() || (!now && seconds_since(saved) < options.checkpoint_seconds)) return {};
        saved = std::chrono::steady_clock::now();
        return save_checkpoint(options.checkpoint, fingerprint(), model.learned, moments, position);
    }
};

/// Trains the model. With a checkpoint it goes on where that one ends, to the same bits as without a break.
inline Error fit(AnyModel& model, const Data& data, const Options& options, FitResult* result = nullptr) {
    FitResult own;
    return Trainer(model, data, options).run(result == nullptr ? own : *result);
}

/// Sets the model to where a training rests, and trains no further: to look at it, or to
/// freeze it. `epochs` is how many are done.
inline Error take_up(AnyModel& model, const Data& data, const Options& options, double* epochs = nullptr) {
    Position position;
    if (const Error e = Trainer(model, data, options).take_up(position)) return e;
    if (position.batches == 0) return error("there is no checkpoint", options.checkpoint.c_str());
    if (epochs != nullptr) *epochs = static_cast<double>(position.batches) / static_cast<double>(data.size / options.batch);
    return {};
}

/// Share of the samples whose label has the largest output, in the simulation of training with running
/// statistics; 0 where samples have no labels.
inline double evaluate(AnyModel& model, const Data& data, Size threads = 0) {
    const Options options{.threads = threads};
    return Trainer(model, data, options).accuracy_on(data);
}

/// What the network gives for every sample, [data.size][outputs], in the same simulation: what `infer` on the frozen model gives.
inline std::vector<float> outputs_of(AnyModel& model, const Data& data, Size threads = 0) {
    const Options options{.threads = threads};
    std::vector<float> all;
    Trainer(model, data, options).each_output(data, [&](Size, const float* outputs, Size count) {
        all.insert(all.end(), outputs, outputs + count);
    });
    return all;
}

}}}  // namespace aquatint::train
