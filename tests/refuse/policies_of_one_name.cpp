// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: two policies of a network have the same name
// Named: Thirds
#include "whole_network.hpp"

struct Halves {
    static constexpr unsigned bits = 1, codes = 2;
    static constexpr const char* name = "halves/1";
    struct Levels {
        float scale = 1;
    };
    static constexpr float decode(unsigned code, Levels levels) { return code == 0 ? 0.0f : levels.scale / 2; }
    static constexpr unsigned encode(float x, Levels levels) { return x > levels.scale / 4; }
};
struct Thirds : Halves {
#ifndef MISTAKE
    static constexpr const char* name = "thirds/1";
#endif
    static constexpr float decode(unsigned code, Levels levels) { return code == 0 ? 0.0f : levels.scale / 3; }
    static constexpr unsigned encode(float x, Levels levels) { return x > levels.scale / 6; }
};
struct Mine
    : Network<Input<Image<8, 6, 4>, Uniform<8>>, Conv<4>,
              Concat<Quantized<Precision<Uniform<8>, Halves>, Conv<4>>, Quantized<Precision<Uniform<8>, Thirds>, Conv<4>>>> {};
template struct Program<Mine>;
