// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: results are defined to the bit: compile this unit with -fno-fast-math
#ifdef MISTAKE
#define __FAST_MATH__ 1   // as -ffast-math does
#endif
#include <aquatint/base/config.hpp>
