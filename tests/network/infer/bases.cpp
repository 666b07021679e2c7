// SPDX-License-Identifier: BSL-1.0
// Learned bases and real offsets as weights and as activations.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: bases") {
    laws::all_agree<Bases>("Bases");
    laws::all_agree<OffsetBases>("OffsetBases");
    laws::all_agree<RealOffsets>("RealOffsets");
}
