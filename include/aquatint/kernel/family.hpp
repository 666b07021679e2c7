// SPDX-License-Identifier: BSL-1.0
// Which routines carry a product out: what its policies and its shape decide, as a value that can be tested and printed.
#pragma once

#include <aquatint/base/text.hpp>
#include <aquatint/kernel/lookup_product.hpp>

namespace aquatint { inline namespace v0 {

/// Products are sums of integers where weights are digits and inputs bytes, else chains of real numbers.
struct Family {
    bool integer = false;
    bool depthwise = false;   ///< a channel under its own kernel: no lane is shared
    bool lookup = false;      ///< by tables of the inputs, or by counts of bits where the processor has them
    bool offset = false;      ///< integer sums that become real numbers, because levels have real offsets
    unsigned steps = 0;       ///< products of two inputs that are added in 16 bits; 0: the operands have 16 bits, not the sums

    constexpr Text<40> name() const {
        Text<40> text;
        if (!integer || depthwise) return text.append(integer ? "integer" : "float").append(depthwise ? " depthwise" : "");
        if (lookup) return text.append(offset ? "lookup, offsets" : "lookup");
        text.append("dot");
        if (steps == 0) text.append(", 16-bit operands");
        else if (steps == 1) text.append(", 32-bit sums");
        else text.append(", ").append_number(steps).append(" in 16 bits");
        return offset ? text.append(", offsets") : text;
    }
    constexpr bool operator==(const Family&) const = default;
};

/// `integer`: whether the product reads codes, which place decides from the same two policies.
template <Policy Weight, Policy InputReader>
constexpr Family family_of(const ProductPlan& plan, bool integer, bool offset) {
    Family family{integer, plan.depthwise(), integer && looks_up<Weight, InputReader>(plan), offset, 0};
    if constexpr (DigitReading<Weight> && ByteReading<InputReader>)
        if (integer && !family.depthwise && !family.lookup)
            family.steps = dot_steps<Weight, ByteLevels<InputReader>::highest_byte>;
    return family;
}

}}  // namespace aquatint::v0
