// SPDX-License-Identifier: BSL-1.0
// Residual sums in integers, in numbers, and where both meet.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: sums") {
    laws::all_agree<Sums<W8A8C8>>("Sums<W8A8C8>");
    laws::all_agree<Sums<W8A8>>("Sums<W8A8>");
    laws::all_agree<Sums<W3A4C8>>("Sums<W3A4C8>");
}
