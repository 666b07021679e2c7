// SPDX-License-Identifier: BSL-1.0
// What went wrong at run time, as a value: the broken rule, the tensor, what was expected and what was found.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/base/text.hpp>

namespace aquatint { inline namespace v0 {

/// True in a boolean context when something is wrong. Holds no heap memory; copies freely.
struct [[nodiscard]] Error {
    const char* rule = nullptr;   ///< the broken rule in one sentence; a string literal
    Text<79> tensor;              ///< the tensor, field or option it concerns; may be empty
    Text<79> expected;
    Text<79> found;

    constexpr explicit operator bool() const { return rule != nullptr; }
    constexpr Text<400> message() const {
        Text<400> line;
        if (rule == nullptr) return line;
        if (!tensor.empty()) line.append(tensor.c_str()).append(": ");
        line.append(rule);
        if (!expected.empty()) line.append("; expected ").append(expected.c_str());
        if (!found.empty()) line.append(", found ").append(found.c_str());
        return line;
    }
};

/// A value, or the reason why there is none.
template <class Value>
struct [[nodiscard]] Result {
    Value value{};
    Error problem{};

    constexpr Result() = default;
    constexpr Result(const Value& v) : value(v) {}
    constexpr Result(const Error& e) : problem(e) {}

    constexpr explicit operator bool() const { return !problem; }
    constexpr const Value& operator*() const { return value; }
    constexpr const Value* operator->() const { return &value; }
};
/// The same for what lies elsewhere.
template <class Value>
struct [[nodiscard]] Result<Value&> {
    Value* value = nullptr;
    Error problem{};

    constexpr Result(Value& v) : value(&v) {}
    constexpr Result(const Error& e) : problem(e) {}

    constexpr explicit operator bool() const { return !problem; }
    constexpr Value& operator*() const { return *value; }
    constexpr Value* operator->() const { return value; }
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Never inline, and what only decides whether there is an error always: where all is well, nothing of one is made.
AQUATINT_NOINLINE constexpr Error error(const char* rule, const char* tensor = "") {
    Error e;
    e.rule = rule;
    e.tensor.append(tensor);
    return e;
}
AQUATINT_NOINLINE constexpr Error error(const char* rule, const char* tensor, const char* expected, const char* found) {
    Error e = error(rule, tensor);
    e.expected.append(expected);
    e.found.append(found);
    return e;
}
AQUATINT_NOINLINE constexpr Error error(const char* rule, const char* tensor, Int64 expected, Int64 found) {
    Error e = error(rule, tensor);
    e.expected.append_number(expected);
    e.found.append_number(found);
    return e;
}

/// An Error unless two counts agree.
AQUATINT_INLINE constexpr Error counts_differ(const char* rule, const char* tensor, Size expected, Size found) {
    if (found == expected) return {};
    return error(rule, tensor, static_cast<Int64>(expected), static_cast<Int64>(found));
}

}}  // namespace aquatint
