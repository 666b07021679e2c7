// SPDX-License-Identifier: BSL-1.0
// Refused: aquatint: the first argument of Quantizer is a policy: bits, codes, name, Levels, encode, decode
#include <aquatint/policy/binary.hpp>
#include <aquatint/policy/quantizer.hpp>

#ifdef MISTAKE
struct Nothing {
    struct Levels {};
};
using Weights = aquatint::Quantizer<Nothing>;
#else
using Weights = aquatint::Quantizer<aquatint::Binary>;
#endif

float level() { return Weights::decode(1, {}); }
