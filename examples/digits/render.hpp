// SPDX-License-Identifier: BSL-1.0
// Digits written by a random hand: no file is needed to learn to read.
#pragma once

#include "images.hpp"

namespace digits {

/// Pictures from strokes: bent, slanted, turned, squeezed, shifted, thick or thin, pale, noisy. The same for the same seed;
/// another `part` of a seed is another set.
Images render(Size count, aquatint::UInt64 seed, aquatint::UInt64 part);

}  // namespace digits
