// SPDX-License-Identifier: BSL-1.0
// Numbers in files: the lowest byte first, at any address, on every processor.
#pragma once

#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

/// `Integer` is unsigned.
template <class Integer>
constexpr Integer read_little_endian(const Byte* bytes) {
    Integer number = 0;
    for (Size i = 0; i < sizeof(Integer); ++i) number |= static_cast<Integer>(static_cast<Integer>(bytes[i]) << 8 * i);
    return number;
}
template <class Integer>
constexpr void write_little_endian(Integer number, Byte* bytes) {
    for (Size i = 0; i < sizeof(Integer); ++i) bytes[i] = static_cast<Byte>(number >> 8 * i);
}

}}  // namespace aquatint::v0
