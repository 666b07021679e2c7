// SPDX-License-Identifier: BSL-1.0
// All that was learned and measured on one HTML page that needs no other file.
#pragma once

#include "agreement.hpp"
#include "curve.hpp"
#include "layers.hpp"

namespace digits {

struct Report {
    const Task& task;
    Curve float_curve{}, curve{};
    Score float_score{}, score{};
    Agreement agreement{};
    std::vector<LayerView> layers{};
};

std::string page(const Report& report);

}  // namespace digits
