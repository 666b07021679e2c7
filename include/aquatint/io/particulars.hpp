// SPDX-License-Identifier: BSL-1.0
// The particulars of an error as text: numbers in any form, and the place in a network.
#pragma once

#include <aquatint/base/error.hpp>
#include <aquatint/base/round.hpp>
#include <aquatint/network/schema.hpp>

namespace aquatint { inline namespace v0 {

using Particular = Text<79>;

constexpr Particular as_number(UInt64 number) {
    Particular text;
    if (number > ~UInt64(0) >> 1) return text.append("more than 2^63"), text;
    return text.append_number(static_cast<Int64>(number));
}
constexpr Particular as_hexadecimal(UInt64 number) {
    Particular text("0x");
    for (int shift = 60; shift >= 0; shift -= 4) text.append("0123456789abcdef"[number >> shift & 15u]);
    return text;
}
/// Nine digits, so that different numbers look different; for people, not to be read back.
constexpr Particular as_real(float number) {
    Particular text;
    if (number != number) return text.append("not a number");
    if (std::bit_cast<UInt32>(number) >> 31 != 0) text.append('-');
    if (!is_finite(number)) return text.append("infinity");
    double rest = static_cast<double>(magnitude(number));
    if (rest == 0) return text.append('0');
    int exponent = 0;
    for (; rest >= 10; ++exponent) rest /= 10;
    for (; rest < 1; --exponent) rest *= 10;
    const Int64 digits = static_cast<Int64>(rest * 1e8 + 0.5);
    text.append_number(digits / 100'000'000).append('.');
    for (Int64 unit = 10'000'000; unit != 0; unit /= 10) text.append(static_cast<char>('0' + digits / unit % 10));
    if (exponent != 0) text.append('e').append_number(exponent);
    return text;
}

/// As in "output[3]".
constexpr Particular element_of(const char* name, Size index) {
    return Particular(name).append('[').append_number(static_cast<Int64>(index)).append(']');
}
constexpr Error refused_for(const char* rule, const Particular& place, const Particular& expected, const Particular& found) {
    Error problem;
    problem.rule = rule;
    problem.tensor = place;
    problem.expected = expected;
    problem.found = found;
    return problem;
}

/// A section of the parameters, so that an error can name it: "step 3 conv/1 bias[5]".
struct NetworkPlace {
    int step = 0;
    const char* layer = "";
    const char* section = "";

    constexpr Particular text() const {
        return Particular("step ").append_number(step).append(' ').append(layer).append(' ').append(section);
    }
    constexpr Particular element(Size index) const { return element_of(text().c_str(), index); }
};
template <class Net, int Index>
constexpr NetworkPlace step_place(const char* section) {
    return {Index, schema<Net>.steps[Index].layer, section};
}
/// The levels of what a step writes.
template <class Net, int Form>
constexpr NetworkPlace form_place() {
    constexpr int step = schema<Net>.forms[Form].writer;
    return {step, schema<Net>.steps[step].layer, "output levels"};
}

}}  // namespace aquatint::v0
