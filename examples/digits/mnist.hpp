// SPDX-License-Identifier: BSL-1.0
// The real digits: MNIST by Y. LeCun, C. Cortes and C. Burges.
#pragma once

#include "images.hpp"

namespace digits {

/// From the folder of the four files, as they are downloaded or unpacked: the first `count` training images, 0 for
/// all of them, and the 10,000 test images.
Task read_mnist(const std::string& folder, Size count);

}  // namespace digits
