// SPDX-License-Identifier: BSL-1.0
// A training of one type of network.
#pragma once

#include "../../support/refuse.hpp"
#include "binary_start.hpp"
#include "networks.hpp"
#include "run_list.hpp"
#include "session.hpp"

#include <aquatint/calibrate/parallel.hpp>
#include <aquatint/io/save.hpp>
#include <aquatint/train.hpp>
#include <atomic>
#include <cstdio>
#include <ctime>

namespace cifar10 {

using namespace examples;

/// How many pictures the packed network recognizes.
template <class Net>
Size count_correct(const Parameters<Net>& parameters, const Pictures& pictures) {
    std::atomic<Size> correct{0};
    for_each_chunk(pictures.count(), [&](Size, Size first, Size last) {
        const auto arena = std::make_unique<Arena<Net>>();
        Size own = 0;
        for (Size i = first; i < last; ++i)
            own += train::largest_of(infer(parameters, *arena, pictures[i]).data, class_count) == pictures.labels[i] ? 1u : 0u;
        correct += own;
    });
    return correct;
}

inline void log_epoch(const std::string& path, const train::Progress& now) {
    std::FILE* file = path.empty() ? nullptr : std::fopen(path.c_str(), "a");
    if (file == nullptr) return;
    std::fprintf(file, "epoch %zu of %zu: loss %.4f, training %.4f, test %.4f, rate %.5f, %.0f s\n", now.epoch, now.epochs,
                 now.loss, now.accuracy, now.test_accuracy.value_or(0), now.rate, now.seconds);
    std::fclose(file);
}

/// How the levels of an entry are trained: as it says, or in their own way.
template <class Entry>
struct MethodOf : TypeTag<train::OwnTraining> {};
template <class Entry>
    requires requires { typename Entry::Method; }
struct MethodOf<Entry> : TypeTag<typename Entry::Method> {};

inline std::string percent(double share) {
    char text[16];
    return {text, static_cast<Size>(std::snprintf(text, sizeof text, "%.2f %%", 100 * share))};
}
inline void list_epoch(const TrainingOptions& options, const train::Progress& now) {
    record_run(
        options.resume, options.command,
        {"trains", std::to_string(now.epoch) + " of " + std::to_string(now.epochs), percent(now.test_accuracy.value_or(0))});
}

template <class Entry>
TrainedRow train_network(const TrainingOptions& options, const TrainingSet& set) {
    using Net = typename Entry::Network;
    train::Model<Net, typename MethodOf<Entry>::type> model{train::Seed{options.seed}, set.normalization};
    if (!options.scratch) {
        if constexpr (std::is_same_v<Net, AdaBinResNet20>) require(model.start_from(for_binary_network(set.start)));
        else require(model.start_from(set.start));
    }
    train::Model<LearnedFloat::Network> teacher{train::Seed{}, set.normalization};
    const train::Data data(set.train.rows(), VectorView<const Byte>(set.train.labels));
    const train::Data test(set.test.rows(), VectorView<const Byte>(set.test.labels));

    train::Options how{.epochs = options.epochs, .optimizer = train::Sgd{.rate = options.rate, .decay = options.decay}};
    how.augmentation = {.shift = 4, .flip = true};
    how.seed = options.seed;
    how.threads = options.threads;
    how.test = &test;
    how.checkpoint = options.resume;
    if (options.teacher > 0) {
        require(teacher.start_from(set.teacher));
        how.teacher = {&teacher, options.teacher, 4};
    }
    bool begun = false;
    how.observer = [&, shown = train::progress(Entry::name)](const train::Progress& now) {
        if (shown) shown(now);
        if (!begun) record_run(options.resume, options.command, {"trains", "", ""});
        begun = true;
    };
    how.after_epoch = [&](const train::Progress& now) {
        log_epoch(options.log, now);
        list_epoch(options, now);
    };
    const auto require_run = [&](const Error& problem) {
        if (problem && begun) record_run(options.resume, options.command, {"failed", "", ""});
        require(problem);
    };
    const std::time_t begin = std::time(nullptr);
    train::FitResult result;
    TrainedRow row;
    if (options.rest) {
        require(train::take_up(model, data, how, &row.epochs));
    } else {
        require_run(train::fit(model, data, how, &result));
        row.epochs = static_cast<double>(result.epochs);
    }
    row.name = Entry::name;
    row.seconds = std::difftime(std::time(nullptr), begin);
    row.loss = result.loss;
    row.training_accuracy = result.accuracy;
    row.simulated = train::evaluate(model, test, options.threads);
    const auto parameters = std::make_unique<Parameters<Net>>();
    require_run(freeze(model, *parameters));
    row.correct = count_correct<Net>(*parameters, set.test);
    row.images = set.test.count();
    row.model = model.float_model();
    row.stored_bytes = cost<Net>.payload_bytes;
    row.file.resize(saved_size<Net>);
    const auto arena = std::make_unique<Arena<Net>>();
    require(save(*parameters, *arena, set.test[0], row.file));
    if (!options.rest)
        record_run(options.resume, options.command,
                   {"done", "", percent(static_cast<double>(row.correct) / static_cast<double>(row.images))});
    return row;
}

}  // namespace cifar10
