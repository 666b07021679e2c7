// SPDX-License-Identifier: BSL-1.0
// A 64-bit fingerprint of words: against accidents, not against forgery.
#pragma once

#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

/// FNV-1a with words in place of bytes, another multiplier and a shift that brings the high bits down. For a given
/// state every word leads to another state, and for a given word every state to another one: sequences of one length
/// that differ in a single word never agree.
struct Hash {
    UInt64 state = 0xcbf29ce484222325u;

    constexpr Hash& add(UInt64 number) {
        state = (state ^ number) * 0x9e3779b97f4a7c15u;
        state ^= state >> 32;
        return *this;
    }
    constexpr Hash& add_text(const char* words) {
        for (; *words != '\0'; ++words) add(static_cast<Byte>(*words));
        return add(0);
    }
};

}}  // namespace aquatint::v0
