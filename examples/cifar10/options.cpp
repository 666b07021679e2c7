// SPDX-License-Identifier: BSL-1.0
// The options as a table: word, what follows it, meaning, and where it goes.
#include "options.hpp"

#include "refuse.hpp"

#include <charconv>
#include <cstring>
#include <set>

namespace cifar10 {

namespace {

struct Option {
    const char* word;
    const char* follows;   ///< names of the words that follow, separated by a space
    const char* meaning;
    void (*put)(Options&, const char* const* values);
};

std::size_t positive(const char* word, const char* value) {
    std::size_t number = 0;
    const char* const end = value + std::strlen(value);
    const auto [rest, problem] = std::from_chars(value, end, number);
    if (problem != std::errc() || rest != end || number == 0)
        refuse(std::string(word) + " takes a whole number from 1 on, not '" + value + "'");
    return number;
}

constexpr Option all_options[] = {
    {"--data", "DIR", "folder with the images and weights (README.md says how to fill it); default: ../shared/data",
     [](Options& o, const char* const* v) { o.data = v[0]; }},
    {"--weights", "FILE.safetensors", "float weights; default: DIR/resnet20_cifar10/resnet20.safetensors",
     [](Options& o, const char* const* v) { o.weights = v[0]; }},
    {"--images", "N", "evaluate on the first N test images; default: all 10,000",
     [](Options& o, const char* const* v) { o.images = positive("--images", v[0]); }},
    {"--precision", "NAME|all", "the rows to run; float always runs, to compare with; default: all",
     [](Options& o, const char* const* v) { o.precision = v[0]; }},
    {"--layers", "NAME", "layer by layer: shape, family, bytes, time, signal-to-noise ratio against float",
     [](Options& o, const char* const* v) { o.layers = v[0]; }},
    {"--show", "N", "N test images as pictures, with the verdicts; disagreements first",
     [](Options& o, const char* const* v) { o.show = positive("--show", v[0]); }},
    {"--take", "NAME DIR", "write this precision as a program of its own to the new folder DIR",
     [](Options& o, const char* const* v) { o.take = v[0], o.take_to = v[1]; }},
    {"--json", "FILE", "write the table to FILE as JSON",
     [](Options& o, const char* const* v) { o.json = v[0]; }},
    {"--help", "", "show this",
     [](Options& o, const char* const*) { o.help = true; }},
};

int words_in(const char* names) {
    int count = *names == '\0' ? 0 : 1;
    for (; *names != '\0'; ++names) count += *names == ' ';
    return count;
}

const Option& find(const char* word) {
    for (const Option& option : all_options)
        if (std::strcmp(option.word, word) == 0) return option;
    refuse("there is no option '" + std::string(word) + "'; --help lists them");
}

}  // namespace

Options read_options(int count, const char* const* words) {
    Options options;
    options.nothing_asked = count <= 1;
    std::set<const Option*> seen;
    for (int at = 1; at < count;) {
        const Option& option = find(words[at]);
        const int following = words_in(option.follows);
        if (!seen.insert(&option).second) refuse(std::string(option.word) + " is given twice");
        if (count - at <= following) refuse(std::string(option.word) + " needs " + option.follows);
        option.put(options, words + at + 1);
        at += 1 + following;
    }
    return options;
}

std::string help_text() {
    std::string text = "cifar10: ResNet-20 in every precision, on the images of CIFAR-10\n\n";
    for (const Option& option : all_options) {
        std::string left = std::string("  ") + option.word + " " + option.follows;
        left.resize(30, ' ');
        text += left + option.meaning + "\n";
    }
    return text;
}

}  // namespace cifar10
