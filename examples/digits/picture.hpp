// SPDX-License-Identifier: BSL-1.0
// One digit as an image inside of a page.
#pragma once

#include "images.hpp"

namespace digits {

/// A data URI of a grey bitmap, dark on light.
std::string picture_uri(const Byte* pixels);

}  // namespace digits
