// SPDX-License-Identifier: BSL-1.0
// The trained networks, and what the float one does on sample images: found once, used by every row.
#pragma once

#include "dataset.hpp"

#include <aquatint/calibrate.hpp>

namespace cifar10 {

struct Source {
    Normalization normalization;
    Observations observations;   ///< of the float network, its weights included
    FloatModel binary;           ///< trained in one bit; no layers where it was not read
};

Source read_source(const std::string& weights_file, const Pictures& samples);
void read_binary(const std::string& weights_file, Source& source);

}  // namespace cifar10
