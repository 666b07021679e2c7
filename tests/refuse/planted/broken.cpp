// SPDX-License-Identifier: BSL-1.0
// Refused: the sentence that was promised
// Planted: refused with the right sentence, but the file is wrong without the mistake, too.
static_assert(false, "the sentence that was promised");
