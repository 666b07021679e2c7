// SPDX-License-Identifier: BSL-1.0
// The drawings of the page.
#pragma once

#include "curve.hpp"
#include "layers.hpp"
#include "score.hpp"

namespace digits {

/// Both trainings one after the other: loss on the left, share of the test images read rightly on the right.
std::string curves_chart(const Curve& in_float, const Curve& in_two_bits);
/// The weights of each layer, and the levels of all its channels drawn through them.
std::string weights_chart(const std::vector<LayerView>& layers);
/// Bytes of each layer, in float and packed.
std::string sizes_chart(const std::vector<LayerView>& layers);
std::string confusion_chart(const Score& score);

}  // namespace digits
