// SPDX-License-Identifier: BSL-1.0
// The portable order of full-precision weights: panels of 16 outputs, input after input.
#pragma once

#include <aquatint/pack/cells.hpp>

namespace aquatint { inline namespace v0 {

/// Panel p, input i, output o: float (p * inputs + i) * 16 + o % 16. Padding outputs are zero.
struct RealOrder {
    Size outputs = 0;
    Size inputs = 0;

    constexpr Size panels() const { return ceil_div(outputs, panel_outputs); }
    constexpr Size panel_floats() const { return inputs * panel_outputs; }
    constexpr Size floats() const { return panels() * panel_floats(); }
    constexpr Size place(Size output, Size input) const {
        return output / panel_outputs * panel_floats() + input * panel_outputs + output % panel_outputs;
    }
};

}}  // namespace aquatint::v0
