// SPDX-License-Identifier: BSL-1.0
// Quantizer<Policy, Granularity>: a policy, and who shares its levels.
#pragma once

#include <aquatint/base/view.hpp>
#include <aquatint/policy/granularity.hpp>
#include <aquatint/policy/concept.hpp>

namespace aquatint { inline namespace v0 {

template <class PolicyType, class GranularityType = PerTensor>
struct Quantizer {
    static_assert(Policy<PolicyType>, "aquatint: the first argument of Quantizer is a policy: bits, codes, name, Levels, encode, decode");
    using Reader = PolicyType;
    using Granularity = GranularityType;
    using Levels = typename Reader::Levels;

    static constexpr Size levels_count(Size outputs, Size inputs) { return Granularity::count(outputs, inputs); }

    static constexpr unsigned encode(float x, const Levels& levels) { return Reader::encode(x, levels); }
    static constexpr float decode(unsigned code, const Levels& levels) { return Reader::decode(code, levels); }
};

}}  // namespace aquatint::v0
