// SPDX-License-Identifier: BSL-1.0
// The options as a table: word, what follows it, meaning, and where it goes.
#include "options.hpp"

#include "refuse.hpp"

#include <charconv>
#include <cstring>
#include <set>

namespace digits {

namespace {

struct Option {
    const char* word;
    const char* follows;   ///< name of the word that follows; may be empty
    const char* meaning;
    void (*put)(Options&, const char* value);
};

template <class Number>
Number whole(const char* word, const char* value, Number least) {
    Number number = 0;
    const char* const end = value + std::strlen(value);
    const auto [rest, problem] = std::from_chars(value, end, number);
    if (problem != std::errc() || rest != end || number < least)
        refuse(std::string(word) + " takes a whole number from " + std::to_string(least) + " on, not '" + value + "'");
    return number;
}

constexpr Option all_options[] = {
    {"--mnist", "DIR", "the digits of MNIST instead: the folder of its four files, packed by gzip or not",
     [](Options& o, const char* value) { o.mnist = value; }},
    {"--page", "FILE", "where to write the HTML page; default: digits.html", [](Options& o, const char* value) { o.page = value; }},
    {"--images", "N", "train with N images; default: 8,000, or all of MNIST",
     [](Options& o, const char* value) { o.images = whole<aquatint::Size>("--images", value, 64); }},
    {"--epochs", "N", "of the training in float; that in two bits has twice as many; default: 12, or 3 with --mnist",
     [](Options& o, const char* value) { o.epochs = whole<aquatint::Size>("--epochs", value, 1); }},
    {"--seed", "N", "of all that is random; default: 1", [](Options& o, const char* value) { o.seed = whole<aquatint::UInt64>("--seed", value, 0); }},
    {"--help", "", "show this", [](Options& o, const char*) { o.help = true; }},
};

const Option& find(const char* word) {
    for (const Option& option : all_options)
        if (std::strcmp(option.word, word) == 0) return option;
    refuse("there is no option '" + std::string(word) + "'; --help lists them");
}

}  // namespace

Options read_options(int count, const char* const* words) {
    Options options;
    std::set<const Option*> seen;
    for (int at = 1; at < count; ++at) {
        const Option& option = find(words[at]);
        if (!seen.insert(&option).second) refuse(std::string(option.word) + " is given twice");
        const bool alone = *option.follows == '\0';
        if (!alone && at + 1 == count) refuse(std::string(option.word) + " needs " + option.follows);
        option.put(options, alone ? "" : words[++at]);
    }
    return options;
}

std::string help_text() {
    std::string text = "digits: a small network learns to read digits, in float and then in two bits\n\n";
    for (const Option& option : all_options) {
        std::string left = std::string("  ") + option.word + " " + option.follows;
        left.resize(18, ' ');
        text += left + option.meaning + "\n";
    }
    return text;
}

}  // namespace digits
