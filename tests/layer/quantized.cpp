// SPDX-License-Identifier: BSL-1.0
// Quantized: the innermost precision counts, outside of any it is Real, and Forced overrides all.
#include "tiny.hpp"

using namespace layer;

using Outer = Precision<Uniform<8>, Uniform<8>>;
using Inner = Precision<Binary, Uniform<2>>;
struct Net : Network<Input<Vector<3>>, Dense<4>, Quantized<Outer, Dense<5>, Quantized<Inner, Dense<6>>, Dense<7>>,
                     Residual<Quantized<Inner, Dense<7>>>> {};

template <class Network, Size Index>
using NumbersOf = typename Element<Index, typename Network::Atoms>::Numbers;
static_assert(std::is_same_v<NumbersOf<Net, 0>, Precision<Real, Real>>);
static_assert(std::is_same_v<NumbersOf<Net, 1>, Outer>);
static_assert(std::is_same_v<NumbersOf<Net, 2>, Inner>);
static_assert(std::is_same_v<NumbersOf<Net, 3>, Outer>);
static_assert(std::is_same_v<NumbersOf<Net, 5>, Inner>);
static_assert(std::is_same_v<NumbersOf<Net, 6>, Precision<Real, Real>>);   // the sum

static_assert(std::is_same_v<NumbersOf<FullPrecision<Net>, 2>::Weight, Real>);
static_assert(std::is_same_v<NumbersOf<FullPrecision<Net>, 2>::Activation, Real>);

/// A precision of one's own name is one, too.
struct Named : Inner {};
struct NamedNet : Network<Input<Vector<3>>, Quantized<Named, Dense<4>>> {};
static_assert(std::is_same_v<NumbersOf<NamedNet, 0>::Weight, Binary>);
