// SPDX-License-Identifier: BSL-1.0
// Runs one of the two measured functions, by name, and prints its result.
#include "measured.hpp"

#include <cstdio>
#include <cstring>

int main(int count, char** words) {
    if (count != 2) return 2;
    prepare();
    if (std::strcmp(words[1], "library") == 0) std::printf("%llu\n", library());
    else if (std::strcmp(words[1], "hand_written") == 0) std::printf("%llu\n", hand_written());
    else return 2;
}
