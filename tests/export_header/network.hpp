// SPDX-License-Identifier: BSL-1.0
// A network whose file is larger than what compilers promise to take as one literal.
#pragma once

#include <aquatint/layer/layers.hpp>
#include <aquatint/network/infer.hpp>
#include <aquatint/policy/policies.hpp>

using W4A8 = aquatint::Precision<aquatint::Uniform<4>, aquatint::Uniform<8>>;

struct TwoWords : aquatint::Network<aquatint::Input<aquatint::Vector<100>, aquatint::Uniform<8>>,
                                    aquatint::Quantized<W4A8, aquatint::Dense<1500>, aquatint::Relu, aquatint::Dense<2>>> {};
