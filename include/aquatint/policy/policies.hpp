// SPDX-License-Identifier: BSL-1.0
// All policies that come with the library.
#pragma once

#include <aquatint/policy/adaptive_binary.hpp>
#include <aquatint/policy/asymmetric_ternary.hpp>
#include <aquatint/policy/binary.hpp>
#include <aquatint/policy/learned_basis.hpp>
#include <aquatint/policy/log2.hpp>
#include <aquatint/policy/real.hpp>
#include <aquatint/policy/ternary.hpp>
#include <aquatint/policy/uniform.hpp>
