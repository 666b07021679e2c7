// SPDX-License-Identifier: BSL-1.0
// Where vector processors find the table of a group of inputs.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/pack/nibbles.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// As it lies in memory.
struct TablePlace {
    Byte of[place_bytes];
};
AQUATINT_INLINE const Byte* table_at(const LookupTables& tables, const TablePlace* place) {
    UInt16 offset;
    __builtin_memcpy(&offset, place, sizeof offset);
    return reinterpret_cast<const Byte*>(tables.entry) + offset;
}

/// Tables that are constants: a pixel is a row of their places.
struct TablesByPlace {
    using Row = TablePlace;
    static constexpr bool adjacent = false;
    const LookupTables& tables;
    AQUATINT_INLINE const Byte* find(const TablePlace* place) const { return table_at(tables, place); }
};
/// Tables in memory: a pixel is a row of them.
struct TablesInMemory {
    struct Row {
        Byte entry[table_bytes];
    };
    static constexpr bool adjacent = true;
    AQUATINT_INLINE const Byte* find(const Row* table) const { return table->entry; }
};

}}  // namespace aquatint
