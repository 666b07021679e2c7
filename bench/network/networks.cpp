// SPDX-License-Identifier: BSL-1.0
#include "../harness/rows.hpp"

void bench::add_network_rows(std::vector<RowPlan>&) {}
