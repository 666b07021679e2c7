// SPDX-License-Identifier: BSL-1.0
// Lists of types and of indices, without <utility> and without recursion.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

template <Size... Index>
struct Indices {};

#if defined(__clang__) || defined(_MSC_VER)
template <class Integer, Integer... Index>
using IndicesOf = Indices<static_cast<Size>(Index)...>;
template <Size Count>
using IndicesBelow = __make_integer_seq<IndicesOf, Size, Count>;
#else
template <Size Count>
using IndicesBelow = Indices<__integer_pack(Count)...>;
#endif

template <class... Type>
struct TypeList {
    static constexpr Size size = sizeof...(Type);
};

template <class... Left, class... Right>
TypeList<Left..., Right...> operator+(TypeList<Left...>, TypeList<Right...>);

template <class Type>
struct TypeTag {
    using type = Type;
};

template <Size Index, class Type>
struct IndexedType : TypeTag<Type> {};
template <class Numbers, class... Type>
struct TypeTable;
template <Size... Index, class... Type>
struct TypeTable<Indices<Index...>, Type...> : IndexedType<Index, Type>... {};

template <Size Index, class Type>
IndexedType<Index, Type> look_up(IndexedType<Index, Type>*);
template <Size Index, class List>
struct ListElement;
template <Size Index, class... Type>
struct ListElement<Index, TypeList<Type...>> {
    using type =
        typename decltype(look_up<Index>(static_cast<TypeTable<IndicesBelow<sizeof...(Type)>, Type...>*>(nullptr)))::type;
};
/// The type at `Index` of a TypeList: by overload on a base class, one step whatever the length.
template <Size Index, class List>
using Element = typename ListElement<Index, List>::type;

/// Calls `action.template operator()<0>()`, `<1>()` ... in order.
template <class Action, Size... Index>
AQUATINT_INLINE constexpr void for_each_index(Indices<Index...>, Action&& action) {
    if constexpr (sizeof...(Index) <= 256) {
        (action.template operator()<Index>(), ...);
    } else {   // Clang nests folds at most 256 deep
        const int called[] = {(action.template operator()<Index>(), 0)...};
        static_cast<void>(called);
    }
}

}}  // namespace aquatint::v0
