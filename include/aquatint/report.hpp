// SPDX-License-Identifier: BSL-1.0
// Reports: hosted, for the developer's desk. Networks and results as text.
#pragma once

#include <aquatint/aquatint.hpp>
#include <aquatint/report/describe.hpp>
#include <aquatint/report/table.hpp>
