// SPDX-License-Identifier: BSL-1.0
// Planted: two extensions that the portability check must find, and a string that it must not.
#pragma once

using Lanes = int __attribute__((vector_size(32)));
inline int trailing_zeros(unsigned x) { return __builtin_ctz(x); }
inline const char* text() { return "__builtin_ctz"; }
