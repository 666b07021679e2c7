// SPDX-License-Identifier: BSL-1.0
// Planted: the two sides compute different things at the same cost.
#include "../measured.hpp"

static volatile unsigned source = 3;

void prepare() {}
unsigned long long library() { return source + 1u; }
unsigned long long hand_written() { return source + 2u; }
