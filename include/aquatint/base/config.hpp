// SPDX-License-Identifier: BSL-1.0
// The one file that knows compilers: inlining, hints, and the target that this translation unit is compiled for.
#pragma once

#if __cplusplus < 202002L && !defined(_MSVC_LANG)
#error "aquatint: C++20 is needed (-std=c++20)"
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
#if AQUATINT_PORTABLE
#define AQUATINT_TARGET v0_portable
#elif defined(__AVX2__) && defined(__FMA__)
#define AQUATINT_TARGET v0_avx2
#else
#define AQUATINT_TARGET v0_scalar
#endif
