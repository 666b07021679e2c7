// SPDX-License-Identifier: BSL-1.0
// Calibration: hosted, for the developer's desk. Turns float weights and sample inputs into packed parameters.
#pragma once

#include <aquatint/aquatint.hpp>
#include <aquatint/calibrate/calibrate.hpp>
