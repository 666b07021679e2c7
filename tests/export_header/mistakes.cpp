// SPDX-License-Identifier: BSL-1.0
// What the compiler says of an array that does not belong to the network.
#include "network.hpp"
#include "two_words.hpp"

#include <aquatint/io/embedded.hpp>

using namespace aquatint;

#if defined(OTHER_NETWORK)
// As many bytes, other layers.
struct Mine : Network<Input<Vector<100>, Uniform<8>>, Quantized<W4A8, Dense<1500>, Relu6, Dense<2>>> {};
#elif defined(NOT_WHOLE)
struct Mine : Network<Input<Vector<100>, Uniform<8>>, Quantized<W4A8, Dense<1600>, Relu, Dense<2>>> {};
#else
using Mine = TwoWords;
#endif

const Parameters<Mine>& parameters() { return embedded<Mine, two_words>(); }
