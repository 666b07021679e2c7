// SPDX-License-Identifier: BSL-1.0
// A picture of the confusion for the terminal.
#pragma once

#include "score.hpp"

namespace digits {

/// A row for each digit that was written, a column for each that was read; the darker, the
/// more often. In colour if that is wanted.
std::string confusion_text(const Score& score, bool colour);

}  // namespace digits
