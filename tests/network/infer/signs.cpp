// SPDX-License-Identifier: BSL-1.0
// Products of the lookup family: signs, with offsets and without.
#include "../equal.hpp"
#include "../networks.hpp"

#include <aquatint/network/cost.hpp>

using namespace networks;

static_assert(cost<LookedUp<Binary, Binary>>.steps[2].family.lookup &&
              cost<LookedUp<AdaptiveBinary, AdaptiveBinary>>.steps[5].family.lookup);

TEST_CASE("infer gives the same bits everywhere: signs") {
    laws::all_agree<LookedUp<Binary, Binary>>("LookedUp<Binary, Binary>");
    laws::all_agree<LookedUp<Binary, AdaptiveBinary>>("LookedUp<Binary, AdaptiveBinary>");
    laws::all_agree<LookedUp<AdaptiveBinary, Binary>>("LookedUp<AdaptiveBinary, Binary>");
    laws::all_agree<LookedUp<AdaptiveBinary, AdaptiveBinary>>("LookedUp<AdaptiveBinary, AdaptiveBinary>");
}
