// SPDX-License-Identifier: BSL-1.0
// How a training went, epoch by epoch.
#pragma once

#include <aquatint/train.hpp>
#include <string>
#include <vector>

namespace digits {

struct Epoch {
    double loss = 0, test_accuracy = 0;
};
using Curve = std::vector<Epoch>;

/// Shows progress where there is a terminal, and keeps the end of every epoch in `curve`.
inline aquatint::train::Observer recorded(const std::string& title, Curve& curve) {
    return [&curve, show = aquatint::train::progress(title)](const aquatint::train::Progress& now) {
        if (show) show(now);
        if (now.batch == now.batches) curve.push_back({now.loss, now.test_accuracy.value_or(0)});
    };
}

}  // namespace digits
