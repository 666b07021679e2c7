// SPDX-License-Identifier: BSL-1.0
// Real: not quantized. The code is the bit pattern of the float.
#pragma once

#include <aquatint/base/view.hpp>
#include <aquatint/policy/concept.hpp>
#include <bit>

namespace aquatint { inline namespace v0 {

/// Full precision, so that hybrid networks need no second vocabulary.
struct Real {
    static constexpr unsigned bits = 32;
    static constexpr UInt64 codes = UInt64(1) << 32;
    static constexpr const char* name = "real/1";
    struct Levels {};

    static constexpr float decode(unsigned code, Levels) { return std::bit_cast<float>(code); }
    static constexpr unsigned encode(float x, Levels) { return std::bit_cast<unsigned>(x); }
    static constexpr bool valid(Levels) { return true; }
    static constexpr Levels fit(VectorView<const float>) { return {}; }   ///< nothing to find
};

/// Real in the place of what is not a policy: one sentence refuses it, and nothing else stumbles over it.
template <class Candidate>
struct PolicyOrReal {
    using type = Real;
};
template <Policy Candidate>
struct PolicyOrReal<Candidate> {
    using type = Candidate;
};

}}  // namespace aquatint::v0
