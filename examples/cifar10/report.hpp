// SPDX-License-Identifier: BSL-1.0
// The table to decide by, on the screen and as JSON, and a row layer by layer.
#pragma once

#include "measure.hpp"

#include <vector>

namespace cifar10 {

/// A row and what was measured of it. The first one is float.
struct Line {
    const Row* row;
    Outcome outcome;
};

std::string table_text(const std::vector<Line>& lines, Size pictures);
std::string table_json(const std::vector<Line>& lines, Size pictures);

/// Shape, precision, family, bytes, time and noise of each step. `baseline` runs the same steps in float.
std::string layers_text(const Row& row, const Row& baseline, const Pictures& pictures);

/// What this program was compiled for, by and with.
std::string processor();
std::string compiler();
std::string flags();

}  // namespace cifar10
