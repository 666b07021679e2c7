// SPDX-License-Identifier: BSL-1.0
// A bound network as plain values: steps, the values that flow between them, and the forms in which a value lies in memory.
#pragma once

#include <aquatint/kernel/window.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr int nothing = -1;          ///< "no such index" for steps, values, forms and atoms
inline constexpr Size most_branches = 8;    ///< branches of one Concat

enum class Work { entry, product, pooling, pointwise, softmax, concat };

/// One unit of execution: a layer, with what was fused into it. The order inside a step is: work, affine, sum, activation.
struct Step {
    Work work = Work::entry;
    int atom = nothing;          ///< the layer that gives the work its shape and precision
    int affine_atom = nothing;   ///< a fused BatchNorm
    int sum_atom = nothing;      ///< a fused end of a residual branch
    int activation_atom = nothing;
    int inputs[most_branches] = {nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing};   ///< values
    Size input_count = 0;
    int output = nothing;
    int shortcut = nothing;      ///< the value added before the activation
    Size shortcut_stride = 1;
    Size shortcut_channel = 0;   ///< the output channel that the shortcut's first channel is added to
    Product product;
    Pooling pooling;
    Pointwise pointwise;
    int input_form = nothing;      ///< what product, pointwise and softmax read; pooling and concat read every form they write
    int shortcut_form = nothing;

    constexpr int input() const { return inputs[0]; }
};

struct Value {
    Shape shape;
    int root = nothing;     ///< the value whose memory this one reads, itself unless reshaped
    int writer = nothing;   ///< a step
    int readers = 0;
};

/// One tensor in memory: a value, in the numbers and with the ring that some reader wants. Readers of equal wishes share a form.
struct Form {
    int value = nothing;
    const void* policy = nullptr;   ///< identity of the policy, see policy_identity
    int atom = nothing;             ///< an atom whose precision names the policy; `nothing` for Real
    bool carried = false;           ///< the atom's Carry, not its Activation
    bool codes = false;             ///< bytes of whole steps from the lowest level, else floats
    bool linear = false;            ///< all whole steps of a range are levels: requantization needs no search
    bool flat = false;              ///< read through a reshape: no ring
    Size halo = 0;                  ///< pixels of zero on every side
    int levels = nothing;           ///< the form that owns the levels; another one behind pooling and concat
    int born = 0, dies = 0;         ///< steps
    Size offset = 0;                ///< elements from the start of its pool (codes or reals)
};

enum class Mistake {
    none,
    no_layers,
    dense_reads_image,
    kernel_exceeds_image,
    groups_divide_channels,
    sum_of_shapes,
    subsample_of_shapes,
    concat_of_shapes,
    too_many_branches,
    accumulator_overflow,
};

/// What bind found wrong, with its particulars.
struct Finding {
    Mistake mistake = Mistake::none;
    int atom = nothing;
    Size expected = 0, found = 0;
};

/// Sized by the number of atoms: every atom makes at most one step and one value.
template <Size Atoms>
struct Graph {
    Step steps[Atoms + 2]{};
    Value values[Atoms + 2]{};
    Form forms[3 * (Atoms + 2)]{};
    int step_count = 0, value_count = 0, form_count = 0;
    Size code_bytes = 0;    ///< of the arena
    Size real_count = 0;    ///< floats of the arena
    int output = nothing;   ///< the last value
    int result = nothing;   ///< its form that infer returns
    Finding finding{};

    constexpr bool failed() const { return finding.mistake != Mistake::none; }
    /// An empty graph, so that nothing after the door stumbles over a network that was refused.
    constexpr Graph only_finding() const {
        Graph empty;
        empty.finding = finding;
        return empty;
    }
    /// Neither plain real numbers nor codes that rounding finds.
    static constexpr bool searched(const Form& form) { return form.codes ? !form.linear : form.atom != nothing; }
    constexpr Extent extent(const Form& form) const { return {values[form.value].shape, form.halo}; }
    /// Whether an integer product's sums stay integers until they are codes: unless a real shortcut is added.
    constexpr bool integer_epilogue(const Step& step) const { return step.shortcut == nothing || forms[step.shortcut_form].codes; }
    constexpr ProductPlan plan(const Step& step) const {
        return {step.product, extent(forms[step.input_form]), values[step.output].shape};
    }
    constexpr int find(int value, const void* policy, bool codes) const {
        for (int i = 0; i < form_count; ++i)
            if (forms[i].value == values[value].root && forms[i].policy == policy && forms[i].codes == codes) return i;
        return nothing;
    }
};

template <class Policy>
inline constexpr char policy_mark = 0;
/// Equal for equal policies.
template <class Policy>
constexpr const void* policy_identity() {
    return &policy_mark<Policy>;
}

}}  // namespace aquatint::v0
