// SPDX-License-Identifier: BSL-1.0
#include <aquatint/base/view.hpp>
#include <doctest/doctest.h>

#include <array>
#include <span>
#include <vector>

using namespace aquatint;

namespace {

Size length(VectorView<const float> view) { return view.size; }

}  // namespace

TEST_CASE("arrays, containers and views are vectors, those that are made on the spot too") {
    float own[3]{};
    std::vector<float> many(4);
    const std::vector<float> constant(5);
    std::array<float, 6> fixed{};
    CHECK(length(own) == 3);
    CHECK(length(many) == 4);
    CHECK(length(constant) == 5);
    CHECK(length(fixed) == 6);
    CHECK(length(std::span(many)) == 4);
    CHECK(length(std::span<const float>(constant).first(2)) == 2);
    const VectorView<float> writable(std::span<float>(own, 2));
    writable[1] = 7;
    CHECK(own[1] == 7);
    static_assert(!std::is_constructible_v<VectorView<float>, std::vector<float>>);   // it would be gone at once
    static_assert(!std::is_constructible_v<VectorView<float>, std::span<const float>>);
}
