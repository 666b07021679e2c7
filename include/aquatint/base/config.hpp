// SPDX-License-Identifier: BSL-1.0
// The one file that knows compilers: inlining, hints, and the target that this translation unit is compiled for.
#pragma once

#if __cplusplus < 202002L && !defined(_MSVC_LANG)
#error "aquatint: C++20 is needed (-std=c++20)"
#endif

#if defined(__FAST_MATH__) || defined(_M_FP_FAST) || (defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ == 2)
#error "aquatint: results are defined to the bit: compile this unit with -fno-fast-math (and 32-bit x86 with -msse2 -mfpmath=sse)"
#endif

#define AQUATINT_VERSION_MAJOR 0
#define AQUATINT_VERSION_MINOR 1
#define AQUATINT_VERSION_PATCH 0

// AQUATINT_PORTABLE=1 keeps to ISO C++20: no vector extensions, builtins, attributes or register pins; only the scalar routines.
#ifndef AQUATINT_PORTABLE
#if defined(__GNUC__) || defined(__clang__)
#define AQUATINT_PORTABLE 0
#else
#define AQUATINT_PORTABLE 1
#endif
#endif

#if AQUATINT_PORTABLE
#define AQUATINT_INLINE inline
#define AQUATINT_ALWAYS
#define AQUATINT_NOINLINE
#else
#define AQUATINT_INLINE inline __attribute__((always_inline))
#define AQUATINT_ALWAYS __attribute__((always_inline))
#define AQUATINT_NOINLINE __attribute__((noinline))
#endif

// Functions that compute live in an inline namespace named after the target, so that units compiled for different
// processors can be linked into one program: each keeps its own copy. Types with a layout never live there.
// AQUATINT_PROCESSOR is the one of arch/concept.hpp whose routines arch/detect.hpp includes.
#if AQUATINT_PORTABLE
#define AQUATINT_TARGET v0_portable
#define AQUATINT_PROCESSOR Scalar
#elif defined(__AVX2__) && defined(__FMA__) && defined(__AVX512VNNI__) && defined(__AVX512VPOPCNTDQ__) && \
    defined(__AVX512BITALG__) && defined(__AVX512VBMI__) && defined(__GFNI__)
#define AQUATINT_TARGET v0_avx512_vpopcntdq
#define AQUATINT_PROCESSOR Avx512Vpopcntdq
#elif defined(__AVX2__) && defined(__FMA__) && defined(__AVX512VNNI__)
#define AQUATINT_TARGET v0_avx512_vnni
#define AQUATINT_PROCESSOR Avx512Vnni
#elif defined(__AVX2__) && defined(__FMA__) && defined(__AVXVNNI__)
#define AQUATINT_TARGET v0_avx_vnni
#define AQUATINT_PROCESSOR AvxVnni
#elif defined(__AVX2__) && defined(__FMA__)
#define AQUATINT_TARGET v0_avx2
#define AQUATINT_PROCESSOR Avx2
#elif defined(__aarch64__) && defined(__AARCH64EL__) && defined(__ARM_FEATURE_DOTPROD)
#define AQUATINT_TARGET v0_neon_dotprod
#define AQUATINT_PROCESSOR NeonDotprod
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define AQUATINT_TARGET v0_neon
#define AQUATINT_PROCESSOR Neon
#else
#define AQUATINT_TARGET v0_scalar
#define AQUATINT_PROCESSOR Scalar
#endif
