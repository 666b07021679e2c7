// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <aquatint/interop/visit_in_order.hpp>

using namespace aquatint;

TEST_CASE("every item is visited once, in ascending order, whatever the length and order of the sequence") {
    for (const Size count :
         {Size(0), Size(1), Size(2), visit_window - 1, visit_window, visit_window + 1, 3 * visit_window, Size(5000)})
        for (const Size stride : {Size(1), Size(7919)}) {   // ascending, and scattered: 7919 is prime
            std::vector<Size> visited;
            Size passes = 0;
            const auto each = [&](auto take) {
                ++passes;
                for (Size i = 0; i < count; ++i) take(i * stride % count);
            };
            visit_in_order<Size>(
                each, [](Size a, Size b) { return a < b; },
                [&](Size item) {
                    visited.push_back(item);
                    return true;
                });
            REQUIRE(visited.size() == count);
            for (Size i = 0; i < count; ++i) REQUIRE(visited[i] == i);
            CHECK(passes == count / visit_window + 1);
        }
}

TEST_CASE("the visit ends when it says so") {
    Size visits = 0;
    const auto each = [](auto take) {
        for (int i = 0; i < 5000; ++i) take(i);
    };
    visit_in_order<int>(
        each, [](int a, int b) { return a > b; }, [&](int) { return ++visits < 3; });
    CHECK(visits == 3);
}

TEST_CASE("a name given twice is found however far apart") {
    for (const Size count : {Size(2), Size(100), visit_window, visit_window + 1, Size(4000)}) {
        std::vector<std::string> names;
        for (Size i = 0; i < count; ++i) names.push_back("tensor" + std::to_string(i * 7919 % 10007));
        const auto each = [&](auto take) {
            for (const std::string& name : names) take(std::string_view(name));
        };
        CHECK_FALSE(name_given_twice(each));
        names.back() = names.front();
        CHECK(name_given_twice(each).message() == (names.front() + ": the name is given twice").c_str());
    }
}
