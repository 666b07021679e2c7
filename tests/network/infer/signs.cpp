// SPDX-License-Identifier: BSL-1.0
// Products of the lookup family.
#include "../equal.hpp"
#include "../networks.hpp"

#include <aquatint/network/cost.hpp>

using namespace networks;

static_assert(cost<Signs<Binary, Binary>>.steps[2].family.lookup &&
              cost<Signs<AdaptiveBinary, AdaptiveBinary>>.steps[5].family.lookup);

TEST_CASE("infer gives the same bits everywhere: signs") {
    laws::all_agree<Signs<Binary, Binary>>("Signs<Binary, Binary>");
    laws::all_agree<Signs<Binary, AdaptiveBinary>>("Signs<Binary, AdaptiveBinary>");
    laws::all_agree<Signs<AdaptiveBinary, Binary>>("Signs<AdaptiveBinary, Binary>");
    laws::all_agree<Signs<AdaptiveBinary, AdaptiveBinary>>("Signs<AdaptiveBinary, AdaptiveBinary>");
}
