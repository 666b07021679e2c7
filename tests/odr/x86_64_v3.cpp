// SPDX-License-Identifier: BSL-1.0
#include "unit.hpp"

void observe_x86_64_v3(Observations& seen) { observe(seen); }
