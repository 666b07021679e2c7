// SPDX-License-Identifier: BSL-1.0
// Refused: the sentence that was promised
// Planted: a mistake that is refused in other words.
#ifdef MISTAKE
static_assert(false, "the sentence that came");
#endif
