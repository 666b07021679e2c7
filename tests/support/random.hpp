// SPDX-License-Identifier: BSL-1.0
// Random numbers that are the same on every machine.
#pragma once

#include <aquatint/base/integers.hpp>

namespace support {

struct Random {
    aquatint::UInt64 state = 0x9e3779b97f4a7c15;

    aquatint::UInt32 operator()() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<aquatint::UInt32>(state >> 32);
    }
    int between(int low, int high) { return low + static_cast<int>((*this)() % static_cast<aquatint::UInt32>(high - low + 1)); }
    /// Mostly the ends: random numbers in the middle miss saturation.
    int extreme(int low, int high) { return (*this)() % 4 == 0 ? between(low, high) : (*this)() % 2 == 0 ? low : high; }
    /// -1 ... 1
    float number() { return static_cast<float>(between(-32768, 32768)) / 32768; }
};

}  // namespace support
