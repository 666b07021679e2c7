// SPDX-License-Identifier: BSL-1.0
// Concat: one tensor in several numbers, plain and flattened, padded and not.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: branches") {
    laws::all_agree<Branches<W8A8, W3A4C8>>("Branches<W8A8, W3A4C8>");
    laws::all_agree<Branches<W3A4C8, Float>>("Branches<W3A4C8, Float>");
    laws::all_agree<ManyReadings>("ManyReadings");
}
