// SPDX-License-Identifier: BSL-1.0
// The one door for mistakes in a network's type: each is one sentence, and `Refused` in the compiler's message carries the layer
// and the two shapes or numbers that disagree.
#pragma once

#include <aquatint/layer/flattened.hpp>
#include <aquatint/network/graph.hpp>

namespace aquatint { inline namespace v0 {

template <Shape Particular>
constexpr auto particular() {
    if constexpr (Particular.height == 0) return Particular.channels;
    else return Particular;
}

template <class CarryPolicy>
struct CarriedPolicy {
    static constexpr bool told = true;
};
template <class Numbers>
struct CarriedPolicy<Carry<Numbers>> {
    static_assert(Policy<Numbers>, "aquatint: what a Carry names is a policy: bits, codes, name, Levels, encode, decode");
    static constexpr bool told = true;
};
/// The policies of a precision: the compiler's message says what the candidate lacks.
template <class Said>
struct PoliciesOf {
    static constexpr bool told = true;
};
template <class Weight, class Activation, class CarryPolicy>
struct PoliciesOf<SaidPrecision<Weight, Activation, CarryPolicy>> {
    static_assert(Policy<Weight>, "aquatint: the weights of a Precision are a policy: bits, codes, name, Levels, encode, decode");
    static_assert(Policy<Activation>, "aquatint: what an Input or the activations of a Precision are read as is a policy: bits, codes, "
                                      "name, Levels, encode, decode");
    static_assert(requires { typename CarryPolicy::type; }, "aquatint: the third argument of Precision is a Carry<policy>");
    static_assert(CarriedPolicy<CarryPolicy>::told);
    static constexpr bool told = true;
};
template <class Numbers>
struct SaidBy : TypeTag<void> {};
template <class Numbers>
    requires requires { typename Numbers::Said; }
struct SaidBy<Numbers> : TypeTag<typename Numbers::Said> {};

template <bool... Told>
struct AllTold {
    static constexpr bool value = true;
};
template <class AtomList>
struct PoliciesOfAtoms;
template <class... Atoms>
struct PoliciesOfAtoms<TypeList<Atoms...>> {
    static_assert(AllTold<PoliciesOf<typename SaidBy<typename Atoms::Numbers>::type>::told...>::value);
    static constexpr bool told = true;
};

template <Mistake Kind, class Layer, auto Expected, auto Found>
struct Refused {
    static_assert(Kind != Mistake::no_layers, "aquatint: a network has at least one layer after its Input");
    static_assert(Kind != Mistake::no_input, "aquatint: the first argument of a Network is an Input of at least one element");
    static_assert(Kind != Mistake::input_numbers, "aquatint: an Input is Real or has evenly spaced levels, as Uniform<8>");
    static_assert(Kind != Mistake::not_a_layer,
                  "aquatint: this type is not a layer: it can be read neither as a product, a pooling, a pointwise function, a reshape "
                  "nor a softmax");
    static_assert(Kind != Mistake::no_precision, "aquatint: the first argument of Quantized is a Precision<weights, activations>");
    static_assert(Kind != Mistake::no_such_option,
                  "aquatint: this layer has no such option: Conv takes Kernel, Stride, Padding, Dilation and Groups, Depthwise all of these "
                  "but Groups, a pooling Kernel, Stride and Padding");
    static_assert(Kind != Mistake::no_outputs, "aquatint: Conv and Dense have at least one output");
    static_assert(Kind != Mistake::zero_in_window, "aquatint: kernel, stride, dilation and groups are at least one");
    static_assert(Kind != Mistake::dense_reads_image,
                  "aquatint: Dense reads a vector, but the layer before it gives an image: put Flatten or GlobalAverage between them");
    static_assert(Kind != Mistake::kernel_exceeds_image, "aquatint: the kernel reaches further than the padded image");
    static_assert(Kind != Mistake::padding_exceeds_kernel,
                  "aquatint: the padding of a pooling is smaller than its kernel, so that no window lies outside of the image");
    static_assert(Kind != Mistake::padding_of_vector,
                  "aquatint: what comes out of a Flatten has no border: the convolution that reads it says Padding<0>");
    static_assert(Kind != Mistake::groups_divide_channels, "aquatint: the groups of a Conv divide its input and its output channels");
    static_assert(Kind != Mistake::shortcut_out_of_place,
                  "aquatint: Shortcut is the first argument of a Residual and stands nowhere else");
    static_assert(Kind != Mistake::sum_of_shapes,
                  "aquatint: the branch of a Residual changes the shape: say Shortcut<Conv<...>> or Shortcut<Subsample> as its first argument");
    static_assert(Kind != Mistake::subsample_of_shapes,
                  "aquatint: Shortcut<Subsample> keeps every n-th row and column and adds channels, and the branch does not fit that");
    static_assert(Kind != Mistake::concat_of_shapes, "aquatint: the branches of a Concat give images of one height and width");
    static_assert(Kind != Mistake::no_branches, "aquatint: a Concat has at least one branch");
    static_assert(Kind != Mistake::too_many_branches, "aquatint: a Concat has at most eight branches");
    static_assert(Kind != Mistake::too_many_readings,
                  "aquatint: a tensor is read in at most four integer number systems: let more of its readers share one");
    static_assert(Kind != Mistake::accumulator_overflow,
                  "aquatint: a sum of this many products of these widths does not fit the accumulator: use fewer bits or fewer inputs");
    static constexpr bool told = true;   // the sentence above is the only error
};

}}  // namespace aquatint::v0
