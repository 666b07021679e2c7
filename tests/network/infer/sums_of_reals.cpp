// SPDX-License-Identifier: BSL-1.0
// Residual sums in full precision, and sums of values that were rounded to levels.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: sums of reals") {
    laws::all_agree<Sums<Float, Floats>>("Sums<Float, Floats>");
    laws::all_agree<FullPrecision<Sums<W8A8C8>>>("FullPrecision<Sums<W8A8C8>>");
    laws::all_agree<Sums<P<Binary, AdaptiveBinary, Carry<LearnedBasis<3>>>>>(
        "Sums<P<Binary, AdaptiveBinary, Carry<LearnedBasis<3>>>>");
}
