// SPDX-License-Identifier: BSL-1.0
// Products of the lookup family: weights and activations of up to two bits.
#include "../equal.hpp"
#include "../networks.hpp"

#include <aquatint/network/cost.hpp>

using namespace networks;

static_assert(cost<LookedUp<Uniform<2>, Uniform<2>>>.steps[2].family.lookup &&
              cost<LookedUp<LearnedBasis<2>, LearnedBasis<2>>>.steps[2].family.lookup);

TEST_CASE("infer gives the same bits everywhere: two bits") {
    laws::all_agree<LookedUp<Uniform<2>, Uniform<2>>>("LookedUp<Uniform<2>, Uniform<2>>");
    laws::all_agree<LookedUp<LearnedBasis<2>, LearnedBasis<2>>>("LookedUp<LearnedBasis<2>, LearnedBasis<2>>");
    laws::all_agree<LookedUp<Binary, Ternary>>("LookedUp<Binary, Ternary>");
    laws::all_agree<LookedUp<Ternary, Ternary>>("LookedUp<Ternary, Ternary>");
    laws::all_agree<LookedUp<Uniform<1>, Uniform<1>>>("LookedUp<Uniform<1>, Uniform<1>>");
}
