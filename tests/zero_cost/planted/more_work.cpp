// SPDX-License-Identifier: BSL-1.0
// Planted: the library's side does a twentieth more.
#include "../measured.hpp"

static volatile unsigned source = 3;
static unsigned long long sum(int rounds) {
    unsigned long long total = 0;
    for (int i = 0; i < rounds; ++i) total += source;
    return total;
}

void prepare() {}
unsigned long long library() { return sum(1000) - sum(50) + 150; }
unsigned long long hand_written() { return sum(1000); }
