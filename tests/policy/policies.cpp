// SPDX-License-Identifier: BSL-1.0
// Policies are told apart by their names: in schemas, in files, and where a network decides who shares a form.
#include "../laws/all_policies.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace aquatint;

namespace {

template <class... Policies>
std::multiset<std::string> names_of(TypeList<Policies...>) {
    return {Policies::name...};
}

}  // namespace

TEST_CASE("no two policies have the same name, and every name has a version") {
    const std::multiset<std::string> names = names_of(laws::AllPolicies{});
    CHECK(names.size() >= 30);
    for (const std::string& name : names) {
        CAPTURE(name);
        CHECK(names.count(name) == 1);
        const std::size_t slash = name.find('/');
        REQUIRE(slash != name.npos);
        CHECK(slash > 0);
        CHECK(std::stoi(name.substr(slash + 1)) >= 1);
    }
}
