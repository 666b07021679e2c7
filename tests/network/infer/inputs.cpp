// SPDX-License-Identifier: BSL-1.0
// What reads the caller's input: products, everything else, both at once; networks without parameters.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: inputs") {
    laws::all_agree<RawInput>("RawInput");
    laws::all_agree<FewBitInput>("FewBitInput");
    laws::all_agree<FlatInput>("FlatInput");
    laws::all_agree<OnlyShapes>("OnlyShapes");
    laws::all_agree<OnlySoftmax>("OnlySoftmax");
}
