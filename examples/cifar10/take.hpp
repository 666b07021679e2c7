// SPDX-License-Identifier: BSL-1.0
// A row of the table as a program of its own: one picture in, its class out.
#pragma once

#include "row.hpp"

namespace cifar10 {

/// Makes a folder that is new or empty, or refuses.
void make_folder(const std::string& folder);
/// Writes network.hpp, weights.hpp, main.cpp and a picture to try it with. Returns the commands that compile and run it.
std::string take(const Row& row, const Pictures& pictures, const std::string& folder);

// Of this program's own sources, put here by the build.
extern const char* const resnet20_source;
extern const char* const binary_resnet20_source;
extern const char* const precisions_source;
extern const char* const learned_source;
extern const char* const include_folder;

}  // namespace cifar10
