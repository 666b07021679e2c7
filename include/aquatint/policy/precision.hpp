// SPDX-License-Identifier: BSL-1.0
// Precision<Weight, Activation, Carry>: in which numbers a layer works.
#pragma once

#include <aquatint/policy/real.hpp>
#include <aquatint/policy/uniform.hpp>

namespace aquatint { inline namespace v0 {

/// Some policies use another code set for activations than for weights (`Uniform`: a zero point, `LearnedBasis`: {0,1} planes);
/// they name it `AsActivation`.
template <class Reader>
struct ActivationForm {
    using type = Reader;
};
template <class Reader>
    requires requires { typename Reader::AsActivation; }
struct ActivationForm<Reader> {
    using type = typename Reader::AsActivation;
};
template <Policy Reader>
using AsActivation = typename ActivationForm<Reader>::type;

/// What flows on residual sums and concatenations, where it differs from what the next layer reads.
template <class Numbers>
struct Carry {
    using type = AsActivation<typename PolicyOrReal<Numbers>::type>;
};
template <class Candidate>
struct CarryOrReal : Carry<Real> {};
template <class Numbers>
struct CarryOrReal<Carry<Numbers>> : Carry<Numbers> {};

/// What a Precision was made of, for the door.
template <class Weight, class Activation, class CarryPolicy>
struct SaidPrecision {};

/// Weight: how a layer's weights are stored. Activation: how a layer *reads* its input. Carry: what flows on sums.
template <class WeightPolicy, class ActivationPolicy, class CarryPolicy = Carry<Real>>
struct Precision {
    using Said = SaidPrecision<WeightPolicy, ActivationPolicy, CarryPolicy>;
    using Weight = typename PolicyOrReal<WeightPolicy>::type;
    using Activation = AsActivation<typename PolicyOrReal<ActivationPolicy>::type>;
    using Carried = typename CarryOrReal<CarryPolicy>::type;
};

}}  // namespace aquatint::v0
