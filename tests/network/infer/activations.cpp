// SPDX-License-Identifier: BSL-1.0
// Activations of every policy: codes that rounding finds, codes and numbers that are searched for, codes on one side only.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: activations") {
    laws::all_agree<UniformActivations>("UniformActivations");
    laws::all_agree<SearchedActivations>("SearchedActivations");
    laws::all_agree<SearchedAverages>("SearchedAverages");
    laws::all_agree<OneSided>("OneSided");
}
