// SPDX-License-Identifier: BSL-1.0
// The integer routines of NEON.
#pragma once

#include <aquatint/arch/neon/decode.hpp>
#include <aquatint/arch/neon/depthwise.hpp>
#include <aquatint/arch/neon/dot.hpp>
#include <aquatint/arch/neon/requantize.hpp>
