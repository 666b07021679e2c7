// SPDX-License-Identifier: BSL-1.0
// The processor that this translation unit is compiled for. A new processor is a folder beside this file and a line in it.
#pragma once

#include <aquatint/arch/scalar/count.hpp>
#include <aquatint/arch/scalar/integer.hpp>
#include <aquatint/arch/scalar/lookup.hpp>
#include <aquatint/arch/scalar/real.hpp>
#if AQUATINT_PORTABLE
#elif defined(__AVX2__) && defined(__FMA__)
#include <aquatint/arch/avx2/integer.hpp>
#include <aquatint/arch/avx2/lookup.hpp>
#include <aquatint/arch/avx2/real.hpp>
#if defined(__AVX512VNNI__)
#include <aquatint/arch/avx512_vnni/dot.hpp>
#include <aquatint/arch/avx512_vnni/real.hpp>
#if defined(__AVX512VPOPCNTDQ__) && defined(__AVX512BITALG__) && defined(__AVX512VBMI__) && defined(__GFNI__)
#include <aquatint/arch/avx512_vpopcntdq/count.hpp>
#endif
#elif defined(__AVXVNNI__)
#include <aquatint/arch/avx_vnni/dot.hpp>
#endif
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#include <aquatint/arch/neon/integer.hpp>
#include <aquatint/arch/neon/lookup.hpp>
#include <aquatint/arch/neon/real.hpp>
#if defined(__ARM_FEATURE_DOTPROD)
#include <aquatint/arch/neon_dotprod/dot.hpp>
#endif
#endif

namespace aquatint { inline namespace AQUATINT_TARGET {

using Native = AQUATINT_PROCESSOR;

}}  // namespace aquatint
