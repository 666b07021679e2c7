// SPDX-License-Identifier: BSL-1.0
// Planted: five includes that the floors check must refuse, and three that it must not.
#pragma once

#include <aquatint/policy/fine.hpp>
#include <aquatint/base/absent.hpp>
#include "upward.hpp"
#include <immintrin.h>
  #  include <vector>
#include <cstddef>
#include <bit>
#include <aquatint/base/upward.hpp>
