// SPDX-License-Identifier: BSL-1.0
// Everything that a device includes: floors 0 to 7.
#pragma once

#include <aquatint/io/embedded.hpp>
#include <aquatint/io/load.hpp>
#include <aquatint/io/save.hpp>
#include <aquatint/layer/layers.hpp>
#include <aquatint/network/infer.hpp>
#include <aquatint/policy/policies.hpp>
