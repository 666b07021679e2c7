// SPDX-License-Identifier: BSL-1.0
// A trained float network and what it does on sample images: found once, used by every row.
#pragma once

#include "dataset.hpp"

#include <aquatint/calibrate.hpp>

namespace cifar10 {

struct Source {
    FloatModel model;
    Normalization normalization;
    Observations observations;
};

Source read_source(const std::string& weights_file, const Pictures& samples);

}  // namespace cifar10
