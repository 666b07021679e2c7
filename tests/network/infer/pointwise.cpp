// SPDX-License-Identifier: BSL-1.0
// Activations and BatchNorm behind products, behind sums and on their own.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: pointwise") {
    laws::all_agree<Activations<W8A8C8>>("Activations<W8A8C8>");
    laws::all_agree<Activations<Float>>("Activations<Float>");
    laws::all_agree<PreActivation<W8A8C8>>("PreActivation<W8A8C8>");
    laws::all_agree<PreActivation<P<Ternary, LearnedBasis<2>>>>("PreActivation<P<Ternary, LearnedBasis<2>>>");
}
