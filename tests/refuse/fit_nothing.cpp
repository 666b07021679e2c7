// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: to be fitted a policy has either fit\(samples\) of its own, or Levels with a float scale
#include <aquatint/policy/fit.hpp>

using namespace aquatint;

struct Fixed {
    static constexpr unsigned bits = 1, codes = 2;
    static constexpr const char* name = "fixed/1";
    struct Levels {
#ifndef MISTAKE
        float scale = 1;
#endif
    };
    static constexpr float decode(unsigned code, Levels) { return code == 0 ? -1.0f : 1.0f; }
    static constexpr unsigned encode(float x, Levels) { return x < 0 ? 0 : 1; }
};

Fixed::Levels fitted(VectorView<const float> samples) { return fit<Fixed>(samples); }
