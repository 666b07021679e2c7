// SPDX-License-Identifier: BSL-1.0
// The integer routines of AVX2.
#pragma once

#include <aquatint/arch/avx2/decode.hpp>
#include <aquatint/arch/avx2/depthwise.hpp>
#include <aquatint/arch/avx2/dot.hpp>
#include <aquatint/arch/avx2/dot_row.hpp>
#include <aquatint/arch/avx2/requantize.hpp>
