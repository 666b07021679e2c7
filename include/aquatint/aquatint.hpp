// SPDX-License-Identifier: BSL-1.0
// Everything that a device includes: floors 0 to 7.
#pragma once

#include <aquatint/io/embedded.hpp>
#include <aquatint/io/load.hpp>
#include <aquatint/io/save.hpp>
#include <aquatint/io/view.hpp>
#include <aquatint/kernel/conv2d.hpp>
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/layer/layers.hpp>
#include <aquatint/network/cost.hpp>
#include <aquatint/network/infer.hpp>
#include <aquatint/pack/pack.hpp>
#include <aquatint/pack/packed.hpp>
#include <aquatint/pack/packed_view.hpp>
#include <aquatint/policy/policies.hpp>
#include <aquatint/policy/quantizer.hpp>
