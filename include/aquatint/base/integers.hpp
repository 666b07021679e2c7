// SPDX-License-Identifier: BSL-1.0
// Integer types by width, and the integer arithmetic that layouts need.
#pragma once

#include <cstddef>
#include <cstdint>

namespace aquatint { inline namespace v0 {

using Byte   = unsigned char;
using Int8   = std::int8_t;
using Int16  = std::int16_t;
using Int32  = std::int32_t;
using Int64  = std::int64_t;
using UInt16 = std::uint16_t;
using UInt32 = std::uint32_t;
using UInt64 = std::uint64_t;
using Size   = std::size_t;

template <class Number> constexpr Number least(Number a, Number b) { return b < a ? b : a; }
template <class Number> constexpr Number most(Number a, Number b) { return a < b ? b : a; }
template <class Number> constexpr Number magnitude(Number a) { return a < 0 ? -a : a; }

constexpr Size ceil_div(Size count, Size unit) { return (count + unit - 1) / unit; }
constexpr Size round_up(Size count, Size unit) { return ceil_div(count, unit) * unit; }

}}  // namespace aquatint::v0
