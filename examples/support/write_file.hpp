// SPDX-License-Identifier: BSL-1.0
// A whole file at once, or none.
#pragma once

#include "refuse.hpp"

#include <aquatint/interop/file.hpp>
#include <filesystem>

namespace examples {

/// Before the work that is to be written: whether there could be such a file.
inline void require_place_for(const std::string& path) {
    std::error_code none;
    const std::filesystem::path folder = std::filesystem::absolute(path, none).parent_path();
    if (!std::filesystem::is_directory(folder, none)) refuse(path + ": there is no such folder");
    if (std::filesystem::is_directory(path, none)) refuse(path + ": is a folder");
}

inline void write_file(const std::string& path, const std::string& text) {
    aquatint::AtomicFile file(path);
    file.put(text.data(), text.size());
    require(file.commit());
}

}  // namespace examples
