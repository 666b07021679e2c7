// SPDX-License-Identifier: BSL-1.0
// The processor that this translation unit is compiled for. A new processor is a folder beside this file and a line in it.
#pragma once

#include <aquatint/arch/scalar/integer.hpp>
#include <aquatint/arch/scalar/lookup.hpp>
#include <aquatint/arch/scalar/real.hpp>
#if !AQUATINT_PORTABLE && defined(__AVX2__) && defined(__FMA__)
#include <aquatint/arch/avx2/integer.hpp>
#include <aquatint/arch/avx2/lookup.hpp>
#include <aquatint/arch/avx2/real.hpp>
#endif

namespace aquatint { inline namespace AQUATINT_TARGET {

#if !AQUATINT_PORTABLE && defined(__AVX2__) && defined(__FMA__)
using Native = Avx2;
#else
using Native = Scalar;
#endif

}}  // namespace aquatint
