// SPDX-License-Identifier: BSL-1.0
// A quantizer of one's own: levels that lie at Fibonacci numbers, dense about zero and wide at the ends.
#pragma once

#include <aquatint/aquatint.hpp>

struct Fibonacci {
    static constexpr unsigned bits = 4, codes = 15;
    static constexpr const char* name = "fibonacci/1";
    struct Levels {
        float scale = 1;
    };
    static constexpr int steps[codes] = {-21, -13, -8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 13, 21};

    static constexpr float decode(unsigned code, Levels levels) { return static_cast<float>(steps[code]) * levels.scale; }
    static constexpr unsigned encode(float x, Levels levels) {
        unsigned code = x != x ? 7 : 0;   // what is no number becomes zero
        while (code + 1 < codes && 2 * x > decode(code, levels) + decode(code + 1, levels)) ++code;
        return code;
    }
};

/// The same with one line more: its levels are also integers of one scale, so that products need no float arithmetic.
struct FibonacciIntegers : Fibonacci {
    static constexpr const char* name = "fibonacci_integers/1";
    static constexpr int integer(unsigned code) { return steps[code]; }
};
