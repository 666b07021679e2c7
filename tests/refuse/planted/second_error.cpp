// SPDX-License-Identifier: BSL-1.0
// Refused: the sentence that was promised
// Planted: the right sentence, and a second error after it.
#ifdef MISTAKE
static_assert(false, "the sentence that was promised");
static_assert(false, "and one more");
#endif
