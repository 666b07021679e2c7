// SPDX-License-Identifier: BSL-1.0
// A policy: which real level a code means. A stateless struct; a user's own satisfies the same concept.
#pragma once

#include <aquatint/base/integers.hpp>
#include <concepts>

namespace aquatint { inline namespace v0 {

/// What a policy must say. Codes are 0 ... codes - 1 and fit `bits`; `Levels` holds the parameters that turn a code into a number
/// (trivially copyable, of float and integer members, default constructible); `name` carries a version, since files keep it.
/// `encode` gives the code of the nearest level and documents its ties; NaN gives the code of the level nearest to zero.
template <class Candidate>
concept Policy = requires(float x, unsigned code, typename Candidate::Levels levels) {
    requires Candidate::bits >= 1 && Candidate::bits <= 32;
    { Candidate::codes } -> std::convertible_to<UInt64>;
    { Candidate::name } -> std::convertible_to<const char*>;
    { Candidate::decode(code, levels) } -> std::same_as<float>;
    { Candidate::encode(x, levels) } -> std::same_as<unsigned>;
};

}}  // namespace aquatint::v0
