// SPDX-License-Identifier: BSL-1.0
#include <aquatint/calibrate/parallel.hpp>

#include <doctest/doctest.h>

TEST_CASE("every sample is in exactly one chunk, in order, for every count") {
    for (aquatint::Size count : {0u, 1u, 2u, 15u, 16u, 17u, 512u, 1001u}) {
        std::vector<aquatint::Size> first(aquatint::chunk_count), last(aquatint::chunk_count);
        aquatint::for_each_chunk(count, [&](aquatint::Size chunk, aquatint::Size begin, aquatint::Size end) {
            first[chunk] = begin;
            last[chunk] = end;
        });
        aquatint::Size next = 0;
        for (aquatint::Size chunk = 0; chunk < aquatint::chunk_count; ++chunk) {
            CHECK(first[chunk] == next);
            next = last[chunk];
        }
        CHECK(next == count);
    }
}
