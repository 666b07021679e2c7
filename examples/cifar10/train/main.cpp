// SPDX-License-Identifier: BSL-1.0
// Trains ResNet-20 on CIFAR-10 in a precision of few bits, beginning with the float network.
#include "../../support/refuse.hpp"
#include "../weights.hpp"
#include "../../support/write_file.hpp"
#include "networks.hpp"
#include "session.hpp"

#include <aquatint/interop/read_model.hpp>
#include <aquatint/interop/save_model.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>

namespace cifar10 {

using namespace examples;

namespace {

struct Known {
    const char* name;
    Session train;
};
template <class... Entries>
std::vector<Known> known_sessions() {
    return {{Entries::name, train_network<Entries>}...};
}
const std::vector<Known> sessions =
    known_sessions<LearnedFloat, LearnedW1A1, LearnedW1A2, LearnedW2A2, LearnedW3A3, LearnedW1A32, LearnedW2A32, LearnedW2A2Ends8,
                   LearnedW2A2Uniform, LearnedW2A2Even>();

Session find(const std::string& name) {
    std::string names;
    for (const Known& known : sessions) {
        if (name == known.name) return known.train;
        names += std::string(" ") + known.name;
    }
    refuse("there is no network '" + name + "'; there are" + names);
}

void add(const Pictures& more, Pictures& pictures) {
    pictures.pixels.insert(pictures.pixels.end(), more.pixels.begin(), more.pixels.end());
    pictures.labels.insert(pictures.labels.end(), more.labels.begin(), more.labels.end());
}
/// All five files of the training set.
Pictures read_training_pictures(const TrainingOptions& options, const std::string& first) {
    Pictures pictures = read_pictures(first, 0);
    const std::string folder = std::filesystem::path(first).parent_path().string();
    for (int number = 2; number <= 5; ++number) {
        std::string found;
        for (const std::string& place : {folder, options.unpacked})
            for (const char* name : {"/train_", "/data_batch_"}) {
                const std::string path = place + name + std::to_string(number) + ".bin";
                if (!place.empty() && std::filesystem::exists(path)) found = path;
            }
        if (found.empty())
            refuse("training needs all 50,000 images: there is neither train_" + std::to_string(number) + ".bin nor data_batch_" +
                   std::to_string(number) + ".bin in " + folder + "; --unpacked names another folder");
        add(read_pictures(found, 0), pictures);
    }
    return pictures;
}

FloatModel read_weights(const std::string& path) {
    const Result<FileBytes> bytes = map_file(path);
    require(bytes.problem);
    const Result<Safetensors> file = safetensors(bytes->data(), bytes->size());
    require(file.problem, path);
    FloatModel model;
    require(read_model<LearnedFloat::Network>(model, *file, float_layers), path);
    return model;
}

TrainingSet read_set(const TrainingOptions& options) {
    const DataFiles files = find_data(options.data);
    if (!files) refuse(options.data + ": no images of CIFAR-10; examples/cifar10/README.md says how to get them");
    TrainingSet set;
    set.train = read_training_pictures(options, files.train);
    if (options.holdout) {
        constexpr Size kept = 45000;
        set.test.pixels.assign(set.train.pixels.begin() + kept * picture_bytes, set.train.pixels.end());
        set.test.labels.assign(set.train.labels.begin() + kept, set.train.labels.end());
        set.train.pixels.resize(kept * picture_bytes);
        set.train.labels.resize(kept);
    } else {
        set.test = read_pictures(files.test, 0);
    }
    set.normalization.mean.assign(std::begin(trained_mean), std::end(trained_mean));
    set.normalization.deviation.assign(std::begin(trained_deviation), std::end(trained_deviation));
    const std::string published = options.data + "/" + float_file;
    if (!options.scratch) set.start = read_weights(options.weights.empty() ? published : options.weights);
    if (options.teacher > 0) set.teacher = read_weights(published);
    return set;
}

std::string row_json(const TrainingOptions& options, const TrainedRow& row) {
    const char* start = options.scratch ? "random" : options.weights.empty() ? "float" : "other float";
    char text[1000];
    std::snprintf(text, sizeof text,
                  "{\"network\": \"%s\", \"start\": \"%s\", \"epochs\": %zu, \"epochs_done\": %.4g, \"seed\": %zu, \"rate\": %g, "
                  "\"decay\": %g, \"teacher\": %g,\n"
                  " \"correct\": %zu, \"images\": %zu, \"holdout\": %s, \"simulated_accuracy\": %.6g, \"training_loss\": %.6g, "
                  "\"training_accuracy\": %.6g,\n"
                  " \"stored_bytes\": %zu, \"seconds\": %.0f}\n",
                  row.name.c_str(), start, options.epochs, row.epochs, options.seed, options.rate, options.decay, options.teacher,
                  row.correct, row.images, options.holdout ? "true" : "false", row.simulated,
                  row.loss, row.training_accuracy, row.stored_bytes, row.seconds);
    return text;
}

void run(const TrainingOptions& options) {
    if (options.help) {
        std::fputs(training_help().c_str(), stdout);
        return;
    }
    const Session train = find(options.precision);
    if (!options.save_float.empty() && options.precision == LearnedW1A1::name)
        refuse("--save-float writes the layers of the float network, and W1A1 has others");
    for (const std::string& path : {options.resume, options.log, options.save, options.save_float, options.json})
        if (!path.empty()) require_place_for(path);
    const TrainedRow row = train(options, read_set(options));
    std::printf(
        "%s: %zu of %zu images right (%.2f %%; %.2f %% in training's simulation), %zu bytes, %.4g of %zu epochs, %.0f s\n",
        row.name.c_str(), row.correct, row.images, 100.0 * static_cast<double>(row.correct) / static_cast<double>(row.images),
        100 * row.simulated, row.stored_bytes, row.epochs, options.epochs, row.seconds);
    if (!options.save.empty()) write_file(options.save, std::string(row.file.begin(), row.file.end()));
    if (!options.save_float.empty())
        require(save_model<LearnedFloat::Network>(options.save_float, row.model, float_layers), options.save_float);
    if (!options.json.empty()) write_file(options.json, row_json(options, row));
}

}  // namespace

}  // namespace cifar10

int main(int count, char** words) {
    try {
        cifar10::run(cifar10::read_training_options(count, words));
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "cifar10_train: %s\n", problem.what());
        return 1;
    }
}
