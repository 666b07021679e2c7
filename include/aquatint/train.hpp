// SPDX-License-Identifier: BSL-1.0
// Training: hosted, for the developer's desk. A network type learns as it will run; freeze turns it into packed parameters.
#pragma once

#include <aquatint/aquatint.hpp>
#include <aquatint/train/dorefa.hpp>
#include <aquatint/train/even_basis.hpp>
#include <aquatint/train/fit.hpp>
#include <aquatint/train/freeze.hpp>
#include <aquatint/train/inq.hpp>
#include <aquatint/train/pact.hpp>
#include <aquatint/train/progress.hpp>
#include <aquatint/train/recu.hpp>
