// SPDX-License-Identifier: BSL-1.0
// Kernels, strides, dilations, groups, paddings; one row, one column, one channel.
#include "../equal.hpp"
#include "../networks.hpp"

using namespace networks;

TEST_CASE("infer gives the same bits everywhere: windows") {
    laws::all_agree<Windows<W8A8>>("Windows<W8A8>");
    laws::all_agree<Windows<P<LearnedBasis<2>, LearnedBasis<2>>>>("Windows<P<LearnedBasis<2>, LearnedBasis<2>>>");
    laws::all_agree<Windows<Float, Floats>>("Windows<Float, Floats>");
    laws::all_agree<WholeTiles<P<Uniform<8>, LearnedBasis<3>>>>("WholeTiles<P<Uniform<8>, LearnedBasis<3>>>");   // zero is byte 0
    laws::all_agree<WholeTiles<P<Uniform<3>, LearnedBasis<3>>>>("WholeTiles<P<Uniform<3>, LearnedBasis<3>>>");
    laws::all_agree<WholeVectors<P<AdaptiveBinary, AdaptiveBinary>>>("WholeVectors<P<AdaptiveBinary, AdaptiveBinary>>");
    laws::all_agree<WholeVectors<P<Ternary, Uniform<2, Asymmetric>>>>("WholeVectors<P<Ternary, Uniform<2, Asymmetric>>>");
    laws::all_agree<Slender<W4A8>>("Slender<W4A8>");
}
