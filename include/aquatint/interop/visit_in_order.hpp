// SPDX-License-Identifier: BSL-1.0
// Visits the items of a sequence in ascending order without memory for all of them.
#pragma once

#include <algorithm>
#include <functional>
#include <string_view>

#include <aquatint/interop/refusals.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr Size visit_window = 1024;   ///< items held at a time, on the stack

/// `each(take)` calls `take(item)` for every item, in any order, always the same; `less` is a strict total order; `visit(item)`
/// is called in that order until it returns false. Reads the sequence ceil((n + 1) / visit_window) times: linear for the usual
/// file, and for a hostile one bounded by the number of names that a header may hold.
template <class Item, class Each, class Less, class Visit>
void visit_in_order(Each each, Less less, Visit visit) {
    Item window[visit_window];   // a heap: the largest of the smallest items not yet visited comes first
    Item last{};
    Size count = 0;
    for (bool first = true; first || count == visit_window; first = false) {
        count = 0;
        each([&](const Item& item) {
            if (!first && !less(last, item)) return;
            if (count == visit_window) {
                if (!less(item, window[0])) return;
                std::pop_heap(window, window + count--, less);
            }
            window[count++] = item;
            std::push_heap(window, window + count, less);
        });
        std::sort_heap(window, window + count, less);
        for (Size i = 0; i < count; ++i)
            if (!visit(window[i])) return;
        if (count != 0) last = window[count - 1];
    }
}

/// Names the first of the names that is given twice.
template <class Each>
Error name_given_twice(Each each) {
    const auto less = [](std::string_view a, std::string_view b) {
        return a != b ? a < b : std::less<const char*>()(a.data(), b.data());
    };
    Error problem;
    std::string_view last;
    bool first = true;
    visit_in_order<std::string_view>(each, less, [&](std::string_view name) {
        if (!first && name == last) problem = refused(refusal::name_twice, name);
        first = false;
        last = name;
        return !problem;
    });
    return problem;
}

}}  // namespace aquatint::v0
