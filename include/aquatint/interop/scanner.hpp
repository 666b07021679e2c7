// SPDX-License-Identifier: BSL-1.0
// The tokens that headers of tensor files are made of, taken from the front of a bounded text, without heap and recursion.
#pragma once

#include <string_view>

#include <aquatint/interop/json_text.hpp>
#include <aquatint/interop/tensor.hpp>

namespace aquatint { inline namespace v0 {

/// The rule that `name` breaks, if it does, and then `name` is left at the place. A name stands for itself in a header, so that
/// equal names are equal bytes; and it cannot drive a terminal, which U+0080 to U+009F may do that JSON lets pass.
constexpr const char* name_rule(std::string_view& name) {
    while (!name.empty()) {
        const Size length = utf8_length(name);
        const auto last = static_cast<Byte>(name[length == 2 ? 1 : 0]);
        if (length == 0) return refusal::not_utf8;
        if (last < 0x20 || last == 0x7F || (name.front() == '\xC2' && last < 0xA0)) return refusal::control_character;
        if (name.front() == '"' || name.front() == '\\') return refusal::escaped_name;
        name.remove_prefix(length);
    }
    return nullptr;
}

/// Reads exactly the grammar that its caller spells out; nothing is ever skipped unread, so nesting cannot be deeper than that
/// grammar. The first mistake stays: from then on every call returns nothing and `another` ends its loop.
struct Scanner {
    std::string_view whole;       ///< the header, for places in messages
    std::string_view rest;        ///< what has not been read
    Size offset = 0;              ///< of the header in the file, bytes
    const char* rule = nullptr;   ///< the broken rule, once there is one
    Text<39> expected;
    std::string_view found;       ///< from the mistake to the end of the header

    constexpr Scanner() = default;
    constexpr explicit Scanner(std::string_view header, Size header_offset = 0)
        : whole(header), rest(header), offset(header_offset) {}

    constexpr bool broken() const { return rule != nullptr; }
    constexpr void fail(const char* broken_rule, const char* wanted = "") { fail_at(rest, broken_rule, wanted); }
    /// `place` is a part of the header.
    constexpr void fail_at(std::string_view place, const char* broken_rule, const char* wanted = "") {
        if (broken()) return;
        rule = broken_rule;
        expected.append(wanted);
        found = whole.substr(static_cast<Size>(place.data() - whole.data()));
    }
    constexpr Error problem(std::string_view tensor) const {
        Error e = refused(rule, tensor);
        e.expected = Text<79>(expected.c_str());
        if (found.empty()) {
            e.found.append("the end of the header");
        } else {
            std::string_view excerpt = found.substr(0, 16);
            while (excerpt.size() > 1 && (excerpt.back() == ' ' || excerpt.back() == '\n')) excerpt.remove_suffix(1);
            e.found.append('\'').append_untrusted(excerpt.data(), excerpt.size()).append('\'');
        }
        e.found.append(" at byte ").append_number(static_cast<Int64>(offset + whole.size() - found.size()));
        return e;
    }

    constexpr void skip_space() {
        const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
        while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    }
    constexpr bool accept(std::string_view token) {
        skip_space();
        if (broken() || !rest.starts_with(token)) return false;
        rest.remove_prefix(token.size());
        return true;
    }
    constexpr void expect(char token) {
        if (accept(std::string_view(&token, 1)) || broken()) return;
        fail(refusal::malformed);
        expected.append('\'').append(token).append('\'');
    }
    constexpr void expect_end() {
        skip_space();
        if (!rest.empty()) fail(refusal::after_header, "spaces");
    }

    /// Between the items of a list, and before the first: true if there is another one.
    constexpr bool another(char close, bool first) {
        if (accept(std::string_view(&close, 1))) return false;
        if (!first) expect(',');
        return !broken();
    }
    /// As above, where the comma after the last item is optional, as in Python.
    constexpr bool another_or_comma(char close, bool first) {
        if (!first && accept(",")) return !accept(std::string_view(&close, 1));
        return another(close, first);
    }

    /// Digits without sign, fraction, exponent and leading zeros, below 2^63.
    constexpr UInt64 whole_number() {
        skip_space();
        if (broken()) return 0;
        const std::string_view start = rest;
        UInt64 value = 0;
        for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; rest.remove_prefix(1)) {
            const auto digit = static_cast<UInt64>(rest.front() - '0');
            if (value > (largest_number - digit) / 10) {
                fail_at(start, refusal::too_large, "less than 2^63");
                return 0;
            }
            value = value * 10 + digit;
        }
        const Size digits = start.size() - rest.size();
        const bool goes_on = !rest.empty() && std::string_view(".eE").find(rest.front()) != std::string_view::npos;
        if (digits == 0 || goes_on || (digits > 1 && start.front() == '0')) fail_at(start, refusal::not_whole);
        return value;
    }

    /// One more number of a shape.
    constexpr void append_extent(Extents& shape) {
        if (shape.rank == Extents::most_axes) fail(refusal::rank, "at most 8");
        const std::string_view place = rest;
        const UInt64 extent = whole_number();
        if (extent > largest_size) fail_at(place, refusal::shape_overflow);
        shape.append(static_cast<Size>(extent));
    }

    /// A string in quotes: UTF-8, its escape sequences well formed and left as they are.
    constexpr std::string_view quoted(char quote = '"') {
        expect(quote);
        const std::string_view start = rest;
        const auto is_plain = [&](char c) { return c >= 0x20 && static_cast<Byte>(c) < 0x80 && c != quote && c != '\\'; };
        while (!broken()) {
            while (!rest.empty() && is_plain(rest.front())) rest.remove_prefix(1);
            if (rest.empty()) {
                fail(refusal::malformed, "a closing quote");
            } else if (rest.front() == quote) {
                rest.remove_prefix(1);
                return start.substr(0, start.size() - rest.size() - 1);
            } else if (static_cast<Byte>(rest.front()) < 0x20) {
                fail(refusal::control_character);
            } else if (rest.front() == '\\') {
                if (take_escape(rest) == no_code_point) fail(refusal::bad_escape);
            } else if (const Size length = utf8_length(rest); length == 0) {
                fail(refusal::not_utf8);
            } else {
                rest.remove_prefix(length);
            }
        }
        return {};
    }
    /// A quoted string that stands for itself: see name_rule.
    constexpr std::string_view name(char quote = '"') {
        const std::string_view words = quoted(quote);
        std::string_view place = words;
        if (broken()) return {};
        if (const char* broken_rule = name_rule(place)) fail_at(place, broken_rule);
        return words;
    }

    /// A key and its colon: the index of the key in `names`, each of which may come once (`seen` remembers); Count if it is none.
    template <Size Count>
    constexpr Size field(const std::string_view (&names)[Count], unsigned& seen, char quote = '"') {
        const std::string_view key = name(quote);
        expect(':');
        if (broken()) return Count;
        Size index = 0;
        while (index < Count && names[index] != key) ++index;
        if (index == Count) fail_at(key, refusal::unknown_field);
        else if ((seen >> index & 1) != 0) fail_at(key, refusal::field_twice);
        seen |= 1u << index;
        return broken() ? Count : index;
    }
    /// After the last field of an object: all have to be there.
    template <Size Count>
    constexpr void expect_fields(const std::string_view (&names)[Count], unsigned seen) {
        for (Size i = 0; i < Count; ++i)
            if ((seen >> i & 1) == 0 && !broken()) {
                fail(refusal::field_missing);
                expected.append_untrusted(names[i].data(), names[i].size());
            }
    }

private:
    static constexpr UInt64 largest_number = ~UInt64(0) >> 1;
};

}}  // namespace aquatint::v0
