// SPDX-License-Identifier: BSL-1.0
// A whole file at once, or none.
#pragma once

#include "refuse.hpp"

#include <aquatint/interop/file.hpp>

namespace cifar10 {

inline void write_file(const std::string& path, const std::string& text) {
    aquatint::AtomicFile file(path);
    file.put(text.data(), text.size());
    require(file.commit());
}

}  // namespace cifar10
