// SPDX-License-Identifier: BSL-1.0
// Concat<branches...>: every branch reads the same input; their channels are put side by side.
#pragma once

#include <aquatint/layer/flattened.hpp>

namespace aquatint { inline namespace v0 {

struct ConcatBegin {
    static constexpr const char* name = "concat_begin/1";
};
struct ConcatNext {
    static constexpr const char* name = "concat_next/1";
};
struct ConcatEnd {
    static constexpr const char* name = "concat/1";
};

/// A branch of several layers is a Sequential; an empty Sequential passes the input on.
template <class... Branches>
struct Concat {};

template <class... Branches, class Numbers>
struct Flattened<Concat<Branches...>, Numbers> {
    template <class Branch>
    using Closed = decltype(typename Flattened<Branch, Numbers>::type{} + TypeList<Atom<ConcatNext, Numbers>>{});
    using type = decltype((TypeList<Atom<ConcatBegin, Numbers>>{} + ... + Closed<Branches>{}) +
                          TypeList<Atom<ConcatEnd, Numbers>>{});
};

}}  // namespace aquatint::v0
