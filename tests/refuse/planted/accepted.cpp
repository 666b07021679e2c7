// SPDX-License-Identifier: BSL-1.0
// Refused: never
// Planted: a mistake that compiles.
#ifdef MISTAKE
using Mistake = int;
#endif
