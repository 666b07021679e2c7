// SPDX-License-Identifier: BSL-1.0
// Network<Input<...>, layers...>: a network is a type; give it a name of its own by deriving from it.
#pragma once

#include <aquatint/network/bind.hpp>
#include <aquatint/network/door.hpp>
#include <aquatint/network/place.hpp>

namespace aquatint { inline namespace v0 {

/// The Input, or where there is none an empty one, which bind refuses.
template <class First>
struct Entry {
    static constexpr Shape shape{0, 0, 0};
    using Numbers = Real;
};
template <class First>
    requires requires { First::shape.channels; typename First::Numbers; }
struct Entry<First> : First {};

/// A network as its input and its flat list of atoms, bound and placed.
template <class InputLayer, class AtomList>
struct NetworkOf {
    using Atoms = AtomList;
    using InputNumbers = typename Entry<InputLayer>::Numbers;
    static constexpr Shape input_shape = Entry<InputLayer>::shape;
    static constexpr auto graph = place<InputNumbers>(bind(input_shape, Atoms{}), Atoms{});

    template <int Index>
    struct AtomAt : TypeTag<Element<static_cast<Size>(Index), Atoms>> {};
    template <int Index>
        requires(Index == nothing)
    struct AtomAt<Index> : TypeTag<Atom<void, Precision<Real, Real>>> {};

    static constexpr Finding finding = graph.finding;
    using LayerAtFault = typename AtomAt<finding.atom>::type::Layer;
    static_assert(PoliciesOf<typename SaidBy<InputLayer>::type>::told);
    static_assert(PoliciesOfAtoms<Atoms>::told);
    static_assert(Refused<finding.mistake, LayerAtFault, particular<finding.expected>(), particular<finding.found>()>::told);
};

/// struct Digits : Network<Input<Image<28, 28>, Uniform<8>>, Flatten, Dense<10>> {};
/// Layers outside of any Quantized work in Real.
template <class InputLayer, class... Layers>
struct Network : NetworkOf<InputLayer, FlattenedAll<Precision<Real, Real>, Layers...>> {
    using FullPrecisionNetwork = NetworkOf<InputLayer, FlattenedAll<Forced<Precision<Real, Real>>, Layers...>>;
};

/// The same layers in full precision: what calibration observes, and the baseline to compare with.
template <class Net>
struct FullPrecision : Net::FullPrecisionNetwork {};

template <class Net, int Index>
using AtomOf = typename Net::template AtomAt<Index>::type;

/// The policy of a form's numbers.
template <class Net, int Form>
struct FormPolicyOf {
    static constexpr auto& form = Net::graph.forms[Form];
    using Numbers = typename AtomOf<Net, form.atom>::Numbers;
    using type = std::conditional_t<form.carried, typename Numbers::Carried, typename Numbers::Activation>;
};
template <class Net, int Form>
using FormPolicy = typename FormPolicyOf<Net, Form>::type;

}}  // namespace aquatint::v0
