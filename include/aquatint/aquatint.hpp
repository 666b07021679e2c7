// SPDX-License-Identifier: BSL-1.0
// Everything that a device includes: floors 0 to 7.
#pragma once

#include <aquatint/layer/layers.hpp>
#include <aquatint/network/infer.hpp>
#include <aquatint/policy/policies.hpp>
