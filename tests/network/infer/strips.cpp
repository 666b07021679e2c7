// SPDX-License-Identifier: BSL-1.0
// Epilogues take a row strip by strip: rows longer than one, and shortcuts beside the border of a panel.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: strips") {
    laws::all_agree<LongRows<W8A8C8>>("LongRows<W8A8C8>");
    laws::all_agree<LongRows<W8A8>>("LongRows<W8A8>");
    laws::all_agree<LongRows<Float>>("LongRows<Float>");
    laws::all_agree<LongSigns>("LongSigns");
}
