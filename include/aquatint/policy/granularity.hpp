// SPDX-License-Identifier: BSL-1.0
// Who shares one set of levels: the whole tensor, an output channel, or a group of consecutive inputs of a channel.
#pragma once

#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

/// A granularity maps an element (output channel, input) to the index of its levels.
struct PerTensor {
    static constexpr Size count(Size, Size) { return 1; }
    static constexpr Size group(Size, Size, Size) { return 0; }
};
struct PerChannel {
    static constexpr Size count(Size outputs, Size) { return outputs; }
    static constexpr Size group(Size output, Size, Size) { return output; }
};
/// Groups run along the inputs of one output channel; the last one may be shorter.
template <Size Length>
struct PerGroup {
    static_assert(Length >= 1, "aquatint: a group has at least one element");
    static constexpr Size length = Length;
    static constexpr Size count(Size outputs, Size inputs) { return outputs * ceil_div(inputs, Length); }
    static constexpr Size group(Size output, Size input, Size inputs) {
        return output * ceil_div(inputs, Length) + input / Length;
    }
};

}}  // namespace aquatint::v0
