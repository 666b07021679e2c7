// SPDX-License-Identifier: BSL-1.0
// Layers are told apart by their names, in schemas and thereby in files.
#include <aquatint/layer/layers.hpp>
#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace aquatint;

namespace {

template <class... Layers>
std::multiset<std::string> names() {
    return {Layers::name...};
}

}  // namespace

TEST_CASE("no two layers have the same name, and every name has a version") {
    const std::multiset<std::string> all = names<Conv<1>, Depthwise<>, Dense<1>, BatchNorm, Relu, Relu6, LeakyRelu<>, PRelu,
                                                 TwoSlopes, MaxPool<>, AveragePool<>, GlobalAverage, Flatten, Softmax>();
    CHECK(all.size() == 14);
    for (const std::string& name : all) {
        CAPTURE(name);
        CHECK(all.count(name) == 1);
        const std::size_t slash = name.find('/');
        REQUIRE(slash != name.npos);
        CHECK(slash > 0);
        CHECK(std::stoi(name.substr(slash + 1)) >= 1);
    }
}
