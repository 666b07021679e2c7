// SPDX-License-Identifier: BSL-1.0
// Layers of one pixel, in the widths that are multiplied as rows.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: rows") {
    laws::all_agree<networks::Rows<P<Uniform<8>, Uniform<7>>, P<Uniform<4>, Uniform<8>>>>("Rows<W8A7, W4A8>");
    laws::all_agree<networks::Rows<P<Uniform<2>, Uniform<8>>, P<Uniform<8>, Uniform<7>>>>("Rows<W2A8, W8A7>");
    laws::all_agree<networks::Rows<P<Uniform<4>, Uniform<4>>, P<Uniform<2>, Uniform<8>>>>("Rows<W4A4, W2A8>");
    laws::all_agree<networks::Rows<P<Binary, Uniform<8>>, P<Ternary, Uniform<8>>>>("Rows<W1A8, TernaryA8>");
}
