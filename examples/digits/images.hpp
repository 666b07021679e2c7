// SPDX-License-Identifier: BSL-1.0
// Pictures of digits and what they show.
#pragma once

#include <aquatint/base/view.hpp>
#include <aquatint/calibrate/float_model.hpp>
#include <aquatint/train/data.hpp>
#include <string>
#include <vector>

namespace digits {

using aquatint::Byte;
using aquatint::Size;

inline constexpr Size side = 28, pixel_count = side * side, class_count = 10;

struct Images {
    std::vector<Byte> pixels;   ///< [count][side][side], 0 is the background
    std::vector<Byte> labels;   ///< [count], 0 to 9

    Size count() const { return labels.size(); }
    const Byte* operator[](Size index) const { return pixels.data() + index * pixel_count; }
    /// As training takes them; they stay here.
    aquatint::train::Data data() const { return {aquatint::MatrixView<const Byte>(pixels.data(), count(), pixel_count), labels}; }
};

/// What to learn, and what to be examined on.
struct Task {
    std::string name;
    Images train, test;

    /// By mean and deviation of all training pixels.
    aquatint::Normalization normalization() const { return aquatint::train::normalization_of(train.data(), {side, side, 1}); }
};

}  // namespace digits
