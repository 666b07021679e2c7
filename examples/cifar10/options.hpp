// SPDX-License-Identifier: BSL-1.0
// What the command line asks for.
#pragma once

#include <cstddef>
#include <string>

namespace cifar10 {

struct Options {
    std::string data;              ///< folder of the images and the weights
    std::string weights;           ///< empty: resnet20_cifar10/resnet20.safetensors in the data folder
    std::size_t images = 0;        ///< how many of the test set; 0: all
    std::string precision;         ///< a name, `all`, or nothing
    std::string layers;            ///< the precision to be shown layer by layer
    std::size_t show = 0;          ///< how many pictures
    std::string take, take_to;     ///< the precision to be written as a program, and the folder for it
    std::string json;
    bool help = false;
    bool nothing_asked = false;    ///< no word on the command line

    /// Whether a table of accuracy, bytes and speed is wanted: `--layers` alone does without.
    bool table() const { return layers.empty() || !precision.empty() || !take.empty() || !json.empty() || show != 0; }
};

/// Refuses words that it does not know, twice the same, and numbers that are none.
Options read_options(int count, const char* const* words);
std::string help_text();

}  // namespace cifar10
