// SPDX-License-Identifier: BSL-1.0
// Integer weights of every policy, beside real ones where a policy does not fit a byte.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: weights") {
    laws::all_agree<UniformWeights>("UniformWeights");
    laws::all_agree<AsymmetricWeights>("AsymmetricWeights");
    laws::all_agree<FewLevels>("FewLevels");
}
