// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the weights of a Precision are a policy: bits, codes, name, Levels, encode, decode
// Named: Candidate::name
#include "whole_network.hpp"

struct Halves {
    static constexpr unsigned bits = 1, codes = 2;
#ifndef MISTAKE
    static constexpr const char* name = "halves/1";
#endif
    struct Levels {
        float scale = 1;
    };
    static constexpr float decode(unsigned code, Levels levels) { return code == 0 ? 0.0f : levels.scale / 2; }
    static constexpr unsigned encode(float x, Levels levels) { return x > levels.scale / 4; }
};
struct Mine : Network<Input<Image<8, 6, 4>, Uniform<8>>, Quantized<Precision<Halves, Uniform<8>>, Conv<8>>> {};
template struct Program<Mine>;
