// SPDX-License-Identifier: BSL-1.0
// The trainer's options as a table: word, what follows it, meaning, and where it goes.
#include "options.hpp"

#include "../../support/command_line.hpp"

#include <cstdlib>

namespace cifar10 {

using namespace examples;

namespace {

double real(const char* word, const char* value) {
    char* end = nullptr;
    const double number = std::strtod(value, &end);
    if (end == value || *end != '\0' || !(number >= 0))
        refuse(std::string(word) + " takes a number from 0 on, not '" + value + "'");
    return number;
}
std::size_t whole(const char* word, const char* value) { return whole_number<std::size_t>(word, value, 1); }

constexpr Option<TrainingOptions> all_options[] = {
    {"--data", "DIR", "folder with the images and weights; default: ../shared/data",
     [](TrainingOptions& o, const char* const* v) { o.data = v[0]; }},
    {"--unpacked", "DIR", "folder with train_2.bin ... train_5.bin, if they are elsewhere",
     [](TrainingOptions& o, const char* const* v) { o.unpacked = v[0]; }},
    {"--weights", "FILE.safetensors", "float weights to begin with; default: DIR/resnet20_cifar10/resnet20.safetensors",
     [](TrainingOptions& o, const char* const* v) { o.weights = v[0]; }},
    {"--precision", "NAME", "the network to train; default: W2A2",
     [](TrainingOptions& o, const char* const* v) { o.precision = v[0]; }},
    {"--epochs", "N", "default: 30", [](TrainingOptions& o, const char* const* v) { o.epochs = whole("--epochs", v[0]); }},
    {"--seed", "N", "of order, augmentation and random weights; default: 1",
     [](TrainingOptions& o, const char* const* v) { o.seed = whole("--seed", v[0]); }},
    {"--rate", "R", "the highest rate of the cosine schedule; default: 0.05",
     [](TrainingOptions& o, const char* const* v) { o.rate = real("--rate", v[0]); }},
    {"--decay", "D", "of the weights; default: 5e-5",
     [](TrainingOptions& o, const char* const* v) { o.decay = real("--decay", v[0]); }},
    {"--teacher", "SHARE", "of the loss that compares with the float network's outputs; default: 0",
     [](TrainingOptions& o, const char* const* v) { o.teacher = real("--teacher", v[0]); }},
    {"--scratch", "", "begin with random weights instead of the float network's",
     [](TrainingOptions& o, const char* const*) { o.scratch = true; }},
    {"--holdout", "", "train on 45,000 images, look at the other 5,000 of the training set",
     [](TrainingOptions& o, const char* const*) { o.holdout = true; }},
    {"--resume", "FILE", "go on from this checkpoint, and write it every two minutes; runs.txt beside it lists the trainings",
     [](TrainingOptions& o, const char* const* v) { o.resume = v[0]; }},
    {"--rest", "", "train no further: pack and evaluate what the checkpoint holds",
     [](TrainingOptions& o, const char* const*) { o.rest = true; }},
    {"--log", "FILE", "add a line after each epoch", [](TrainingOptions& o, const char* const* v) { o.log = v[0]; }},
    {"--save", "FILE", "write the packed network", [](TrainingOptions& o, const char* const* v) { o.save = v[0]; }},
    {"--save-float", "FILE", "write the float weights as they were before rounding, for --weights",
     [](TrainingOptions& o, const char* const* v) { o.save_float = v[0]; }},
    {"--json", "FILE", "write its row as JSON", [](TrainingOptions& o, const char* const* v) { o.json = v[0]; }},
    {"--threads", "N", "default: all; the results are the same",
     [](TrainingOptions& o, const char* const* v) { o.threads = whole("--threads", v[0]); }},
    {"--help", "", "show this", [](TrainingOptions& o, const char* const*) { o.help = true; }},
};

}  // namespace

TrainingOptions read_training_options(int count, const char* const* words) {
    TrainingOptions options;
    read_words(all_options, count, words, options);
    for (int i = 0; i < count; ++i) options.command += std::string(i == 0 ? "" : " ") + words[i];
    if (options.rest && options.resume.empty()) refuse("--rest needs --resume FILE");
    if (options.teacher > 1) refuse("--teacher takes a share from 0 to 1");
    return options;
}

std::string training_help() {
    return "cifar10_train: trains ResNet-20 in a precision of few bits, and packs what it learned\n\n" + lines_of(all_options);
}

}  // namespace cifar10
