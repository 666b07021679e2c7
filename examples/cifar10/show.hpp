// SPDX-License-Identifier: BSL-1.0
// Test pictures in the terminal, with the truth and the verdicts.
#pragma once

#include "report.hpp"

namespace cifar10 {

/// `count` pictures as coloured half-blocks; those come first on which the rows disagree.
std::string pictures_text(const std::vector<Line>& lines, const Pictures& pictures, Size count);

}  // namespace cifar10
