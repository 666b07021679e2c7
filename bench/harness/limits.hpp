// SPDX-License-Identifier: BSL-1.0
// What this processor allows at most: arithmetic in registers, and reading from each of its memories.
#pragma once

#include "timing.hpp"

#include <string>
#include <vector>

namespace bench {

struct Limit {
    std::string name;        ///< of a register loop, or as in `read L2`
    double amount;           ///< operations, or bytes, of a call
    double up_to;            ///< of a memory: how many bytes it holds; of arithmetic 0
    Repeated run;

    bool reads() const { return up_to != 0; }
};

/// No arithmetic where the processor has no AVX2, in whose instructions it is written.
std::vector<Limit> limits();

}  // namespace bench
