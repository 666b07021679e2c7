// SPDX-License-Identifier: BSL-1.0
// What the command line asks for.
#pragma once

#include <aquatint/base/integers.hpp>
#include <string>

namespace digits {

struct Options {
    std::string mnist;                 ///< folder of the four files of MNIST; empty: digits are rendered
    std::string page = "digits.html";
    aquatint::Size images = 0;         ///< how many to train with; 0: 8,000 rendered ones, or all of MNIST
    aquatint::Size epochs = 0;         ///< in float, and twice as many in two bits; 0: 12, or 3 with MNIST
    aquatint::UInt64 seed = 1;
    bool help = false;
};

/// Refuses words that it does not know, twice the same, and numbers that are none.
Options read_options(int count, const char* const* words);
std::string help_text();

}  // namespace digits
