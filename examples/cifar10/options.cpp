// SPDX-License-Identifier: BSL-1.0
// The options as a table: word, what follows it, meaning, and where it goes.
#include "options.hpp"

#include "../support/command_line.hpp"

namespace cifar10 {

using namespace examples;

namespace {

std::size_t positive(const char* word, const char* value) { return whole_number<std::size_t>(word, value, 1); }

constexpr Option<Options> all_options[] = {
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

}  // namespace

Options read_options(int count, const char* const* words) {
    Options options;
    options.nothing_asked = count <= 1;
    read_words(all_options, count, words, options);
    return options;
}

std::string help_text() {
    return "cifar10: ResNet-20 in every precision, on the images of CIFAR-10\n\n" + lines_of(all_options);
}

}  // namespace cifar10
