// SPDX-License-Identifier: BSL-1.0
// Random numbers that are the same on every machine and can be taken up again anywhere: a stream follows from seed and purpose.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/base/integers.hpp>
#include <cmath>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
class Random {
public:
    /// Streams of different `purpose`s (an epoch, a sample, a layer) have nothing to do with each other.
    explicit Random(UInt64 seed, UInt64 purpose = 0, UInt64 part = 0) : state(mixed(mixed(mixed(seed) + purpose) + part)) {}

    UInt64 bits() { return mixed(state += 0x9e3779b97f4a7c15u); }
    Size below(Size limit) { return static_cast<Size>(bits() % limit); }
    /// From 0 to below 1.
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    /// Mean 0, variance 1 (Box and Muller).
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(6.283185307179586 * uniform());
    }

private:
    UInt64 state;

    static UInt64 mixed(UInt64 z) {
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return z ^ z >> 31;
    }
};

}}}  // namespace aquatint::train
