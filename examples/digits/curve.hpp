// SPDX-License-Identifier: BSL-1.0
// How a training went, epoch by epoch.
#pragma once

#include <aquatint/train.hpp>
#include <vector>

namespace digits {

struct Epoch {
    double loss = 0, test_accuracy = 0;
};
using Curve = std::vector<Epoch>;

/// Keeps the end of every epoch in `curve`.
inline aquatint::train::Observer recorded(Curve& curve) {
    return [&curve](const aquatint::train::Progress& now) { curve.push_back({now.loss, now.test_accuracy.value_or(0)}); };
}

}  // namespace digits
