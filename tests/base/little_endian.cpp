// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <aquatint/base/little_endian.hpp>

using namespace aquatint;

namespace {

template <class Integer>
constexpr bool round_trip(Integer number) {
    Byte bytes[sizeof(Integer) + 1]{};
    write_little_endian(number, bytes + 1);
    return read_little_endian<Integer>(bytes + 1) == number && bytes[1] == static_cast<Byte>(number);
}

}  // namespace

TEST_CASE("the lowest byte comes first, at any address, in constant expressions as well") {
    static_assert(round_trip<UInt16>(0xfedc));
    static_assert(round_trip<UInt32>(0xfedcba98u));
    static_assert(round_trip<UInt64>(0xfedcba9876543210u));
    constexpr Byte bytes[] = {0x01, 0x02, 0x03, 0x84};
    CHECK(read_little_endian<UInt32>(bytes) == 0x84030201u);
    CHECK(read_little_endian<UInt16>(bytes + 1) == 0x0302u);
}
