// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <set>

#include <aquatint/base/hash.hpp>

using namespace aquatint;

namespace {

constexpr UInt64 of(UInt64 a, UInt64 b) { return Hash{}.add(a).add(b).state; }

}  // namespace

TEST_CASE("sequences that differ in one word differ, wherever the bit is and whatever follows") {
    std::set<UInt64> seen{of(7, 9)};
    for (unsigned bit = 0; bit < 64; ++bit) {
        CHECK(seen.insert(of(UInt64(7) ^ UInt64(1) << bit, 9)).second);
        CHECK(seen.insert(of(7, UInt64(9) ^ UInt64(1) << bit)).second);
    }
    CHECK(seen.size() == 129);
}

TEST_CASE("order and length count, and where a text ends") {
    CHECK(of(1, 2) != of(2, 1));
    CHECK(Hash{}.add(0).state != Hash{}.state);
    CHECK(Hash{}.add_text("ab").add_text("c").state != Hash{}.add_text("a").add_text("bc").state);
}

TEST_CASE("files keep hashes: this one never changes") {
    static_assert(Hash{}.add(1).add_text("aquatint").state == 0x9a78b65b1dabd40eu);
}
