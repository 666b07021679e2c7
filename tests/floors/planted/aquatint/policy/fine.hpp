// SPDX-License-Identifier: BSL-1.0
// Planted: nothing wrong here.
#pragma once

#include <aquatint/base/upward.hpp>
