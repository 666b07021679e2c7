// SPDX-License-Identifier: BSL-1.0
// The exported header needs no other one, and may be included twice.
// clang-format off
#include "two_words.hpp"
#include "two_words.hpp"
// clang-format on

static_assert(two_words[0] == 'a' && two_words[sizeof two_words - 1] == 0);
static_assert(sizeof two_words > 65536);
