// SPDX-License-Identifier: BSL-1.0
// The trainer's options as a table: word, what follows it, meaning, and where it goes.
#include "options.hpp"

#include "../refuse.hpp"

#include <cstdlib>
#include <cstring>
#include <set>

namespace cifar10 {

namespace {

struct Option {
    const char* word;
    const char* follows;   ///< empty: nothing
    const char* meaning;
    void (*put)(TrainingOptions&, const char* value);
};

double real(const char* word, const char* value) {
    char* end = nullptr;
    const double number = std::strtod(value, &end);
    if (end == value || *end != '\0' || !(number >= 0))
        refuse(std::string(word) + " takes a number from 0 on, not '" + value + "'");
    return number;
}
std::size_t whole(const char* word, const char* value) {
    const double number = real(word, value);
    if (number < 1 || number > 1e9 || number != static_cast<double>(static_cast<std::size_t>(number)))
        refuse(std::string(word) + " takes a whole number from 1 on, not '" + value + "'");
    return static_cast<std::size_t>(number);
}

constexpr Option all_options[] = {
    {"--data", "DIR", "folder with the images and weights; default: ../shared/data",
     [](TrainingOptions& o, const char* v) { o.data = v; }},
    {"--unpacked", "DIR", "folder with train_2.bin ... train_5.bin, if they are elsewhere",
     [](TrainingOptions& o, const char* v) { o.unpacked = v; }},
    {"--precision", "NAME", "the network to train; default: W2A2", [](TrainingOptions& o, const char* v) { o.precision = v; }},
    {"--epochs", "N", "default: 30", [](TrainingOptions& o, const char* v) { o.epochs = whole("--epochs", v); }},
    {"--seed", "N", "of order, augmentation and random weights; default: 1",
     [](TrainingOptions& o, const char* v) { o.seed = whole("--seed", v); }},
    {"--rate", "R", "the highest rate of the cosine schedule; default: 0.05",
     [](TrainingOptions& o, const char* v) { o.rate = real("--rate", v); }},
    {"--decay", "D", "of the weights; default: 5e-5", [](TrainingOptions& o, const char* v) { o.decay = real("--decay", v); }},
    {"--teacher", "SHARE", "of the loss that compares with the float network's outputs; default: 0",
     [](TrainingOptions& o, const char* v) { o.teacher = real("--teacher", v); }},
    {"--scratch", "", "begin with random weights instead of the float network's",
     [](TrainingOptions& o, const char*) { o.scratch = true; }},
    {"--holdout", "", "train on 45,000 images, look at the other 5,000 of the training set",
     [](TrainingOptions& o, const char*) { o.holdout = true; }},
    {"--resume", "FILE", "go on from this checkpoint, and write it every two minutes",
     [](TrainingOptions& o, const char* v) { o.resume = v; }},
    {"--rest", "", "train no further: pack and evaluate what the checkpoint holds",
     [](TrainingOptions& o, const char*) { o.rest = true; }},
    {"--log", "FILE", "add a line after each epoch", [](TrainingOptions& o, const char* v) { o.log = v; }},
    {"--save", "FILE", "write the packed network", [](TrainingOptions& o, const char* v) { o.save = v; }},
    {"--json", "FILE", "write its row as JSON", [](TrainingOptions& o, const char* v) { o.json = v; }},
    {"--threads", "N", "default: all; the results are the same",
     [](TrainingOptions& o, const char* v) { o.threads = whole("--threads", v); }},
    {"--help", "", "show this", [](TrainingOptions& o, const char*) { o.help = true; }},
};

const Option& find(const char* word) {
    for (const Option& option : all_options)
        if (std::strcmp(option.word, word) == 0) return option;
    refuse("there is no option '" + std::string(word) + "'; --help lists them");
}

}   // namespace

TrainingOptions read_training_options(int count, const char* const* words) {
    TrainingOptions options;
    std::set<const Option*> seen;
    for (int at = 1; at < count; ++at) {
        const Option& option = find(words[at]);
        if (!seen.insert(&option).second) refuse(std::string(option.word) + " is given twice");
        const bool takes_word = *option.follows != '\0';
        if (takes_word && at + 1 == count) refuse(std::string(option.word) + " needs " + option.follows);
        option.put(options, takes_word ? words[++at] : nullptr);
    }
    if (options.rest && options.resume.empty()) refuse("--rest needs --resume FILE");
    if (options.teacher > 1) refuse("--teacher takes a share from 0 to 1");
    return options;
}

std::string training_help() {
    std::string text = "cifar10_train: trains ResNet-20 in a precision of few bits, and packs what it learned\n\n";
    for (const Option& option : all_options) {
        std::string left = std::string("  ") + option.word + " " + option.follows;
        left.resize(24, ' ');
        text += left + option.meaning + "\n";
    }
    return text;
}

}   // namespace cifar10
