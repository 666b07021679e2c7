// SPDX-License-Identifier: BSL-1.0
// One row of inputs times a matrix, as a free function and as a layer: which processors have it, and the walk over panels.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/policy/readings.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Whether a processor's rows are its best. Those that it inherits spare one with tiles of its own the decoding through memory;
/// but 8 bits at full range are two products there, and one in its tiles.
template <class Arch, class Weight, int LargestInput>
constexpr bool has_row() {
    if constexpr (Integral<Weight>) {
        if constexpr (row_digits<Weight, LargestInput>) {
            using Row = typename NearestRoutine<DotRow<Weight, LargestInput>, Arch>::Processor;
            using Tile = typename NearestRoutine<DotTile<1, 1>, Arch>::Processor;
            constexpr bool full_range = Weight::bits == 8 && LargestInput > 127;
            return !std::is_same_v<Row, Scalar> && (std::is_same_v<Row, Tile> || !full_range);
        } else return false;
    } else return false;
}

/// Calls `action<Panels, Full>(panel)` for groups of `Most` neighbouring panels, a power of two, then for the fewer ones that are
/// left, at last for one that is not full. `Known`: the outputs, or 0 where the compiler does not know them; what it knows is not
/// compiled in vain, and behind the first groups panels come one by one: GCC 12 gives up
/// inlining in functions that become too large.
template <Size Most, Size Known, class Action>
AQUATINT_INLINE constexpr void for_each_panels(Size outputs, Action&& action, Size panel = 0) {
    constexpr bool knows = Known != 0, grouped = Known / panel_outputs >= Most;
    constexpr Size next = knows && grouped ? 1 : Most / 2;
    const Size full = outputs / panel_outputs;
    if constexpr (!knows || grouped)
        for (; panel + Most <= full; panel += Most) action.template operator()<Most, true>(panel);
    if constexpr (Most > 1 && !(knows && Known / panel_outputs % Most == 0))
        return for_each_panels<next, Known>(outputs, action, panel);
    if constexpr (!knows || Known % panel_outputs != 0)
        if (outputs % panel_outputs != 0) action.template operator()<1, false>(full);
}

}}  // namespace aquatint
