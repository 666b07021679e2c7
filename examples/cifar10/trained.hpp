// SPDX-License-Identifier: BSL-1.0
// The packed networks of trained/, as parts of the program.
#pragma once

#include <aquatint/base/view.hpp>

namespace cifar10 {

/// By the file's name without its ending; nothing if there is none.
aquatint::VectorView<const aquatint::Byte> trained_file(const char* name);

}  // namespace cifar10
