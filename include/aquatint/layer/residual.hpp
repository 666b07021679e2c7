// SPDX-License-Identifier: BSL-1.0
// Residual<layers...>: the layers' result is added to their input; Shortcut<...> says what happens to the input on its way.
#pragma once

#include <aquatint/layer/flattened.hpp>

namespace aquatint { inline namespace v0 {

/// What bind meets while it walks the flat list: where a branch and its shortcut begin, where
/// the shortcut ends, where both are added.
struct BranchBegin {
    static constexpr const char* name = "branch_begin/1";
};
struct ShortcutBegin {
    static constexpr const char* name = "shortcut_begin/1";
};
struct ShortcutEnd {
    static constexpr const char* name = "shortcut_end/1";
};
struct ShortcutSubsample {
    static constexpr const char* name = "shortcut_subsample/1";
};
struct BranchSum {
    static constexpr const char* name = "sum/1";
};

/// The parameter-free shortcut: every stride-th row and column, new channels zero, half of
/// them on either side (He et al., 2016, A).
struct Subsample {};

/// The first argument of Residual where the shortcut is not the identity: layers (a projection) or Subsample.
template <class... Layers>
struct Shortcut {};

template <class... Layers>
struct Residual {};

template <class... Layers, class Numbers>
struct Flattened<Residual<Layers...>, Numbers> {
    using type = decltype(TypeList<Atom<BranchBegin, Numbers>>{} + FlattenedAll<Numbers, Layers...>{} +
                          TypeList<Atom<BranchSum, Numbers>>{});
};
template <class... Layers, class Numbers>
struct Flattened<Shortcut<Layers...>, Numbers> {
    using type = decltype(TypeList<Atom<ShortcutBegin, Numbers>>{} + FlattenedAll<Numbers, Layers...>{} +
                          TypeList<Atom<ShortcutEnd, Numbers>>{});
};
template <class Numbers>
struct Flattened<Shortcut<Subsample>, Numbers> {
    using type = TypeList<Atom<ShortcutSubsample, Numbers>>;
};

}}  // namespace aquatint::v0
