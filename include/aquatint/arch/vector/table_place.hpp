// SPDX-License-Identifier: BSL-1.0
// How all vector processors read where a group of inputs finds its table.
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
    return tables.entry[0] + offset;
}

}}  // namespace aquatint
