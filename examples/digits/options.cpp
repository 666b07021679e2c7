// SPDX-License-Identifier: BSL-1.0
// The options as a table: word, what follows it, meaning, and where it goes.
#include "options.hpp"

#include "../support/command_line.hpp"

namespace digits {

using namespace examples;

namespace {

constexpr Option<Options> all_options[] = {
    {"--mnist", "DIR", "the digits of MNIST instead: the folder of its four files, packed by gzip or not",
     [](Options& o, const char* const* v) { o.mnist = v[0]; }},
    {"--page", "FILE", "where to write the HTML page; default: digits.html",
     [](Options& o, const char* const* v) { o.page = v[0]; }},
    {"--images", "N", "train with N images; default: 8,000, or all of MNIST",
     [](Options& o, const char* const* v) { o.images = whole_number<aquatint::Size>("--images", v[0], 64); }},
    {"--epochs", "N", "of the training in float; that in two bits has twice as many; default: 12, or 3 with --mnist",
     [](Options& o, const char* const* v) { o.epochs = whole_number<aquatint::Size>("--epochs", v[0], 1); }},
    {"--seed", "N", "of all that is random; default: 1",
     [](Options& o, const char* const* v) { o.seed = whole_number<aquatint::UInt64>("--seed", v[0], 0); }},
    {"--help", "", "show this", [](Options& o, const char* const*) { o.help = true; }},
};

}  // namespace

Options read_options(int count, const char* const* words) {
    Options options;
    read_words(all_options, count, words, options);
    return options;
}

std::string help_text() {
    return "digits: a small network learns to read digits, in float and then in two bits\n\n" + lines_of(all_options);
}

}  // namespace digits
