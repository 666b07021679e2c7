// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: packed weights have 1 to 8 bits, or are Real
// Named: Wide
#include <aquatint/pack/pack.hpp>
#include <aquatint/policy/uniform.hpp>

using namespace aquatint;

struct Wide {
    static constexpr unsigned bits = 9, codes = 512;
    static constexpr const char* name = "wide/1";
    struct Levels {
        float scale = 1;
    };
    static constexpr float decode(unsigned code, Levels levels) { return static_cast<float>(code) * levels.scale; }
    static constexpr unsigned encode(float, Levels) { return 0; }
};
#ifdef MISTAKE
using Weights = Quantizer<Wide>;
#else
using Weights = Quantizer<Uniform<8>>;
#endif
static Packed<Weights, 4, 4> packed;
float first() { return packed.value(0, 0); }
