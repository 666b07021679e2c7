// SPDX-License-Identifier: BSL-1.0
// The packed networks of trained/, as parts of the program.
#pragma once

#include <aquatint/base/view.hpp>
#include <string_view>

namespace cifar10 {

/// What the name of a row has behind the file's.
inline constexpr std::string_view trained_suffix = "-trained";

/// By the file's name without its ending; nothing if there is none.
aquatint::VectorView<const aquatint::Byte> trained_file(const char* name);

}  // namespace cifar10
