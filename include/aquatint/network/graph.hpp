// SPDX-License-Identifier: BSL-1.0
// A bound network as plain values: steps, the values that flow between them, and the forms in which a value lies in memory.
#pragma once

#include <aquatint/base/hash.hpp>
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
    bool offset = false;           ///< an integer product whose policies have real offsets: its sums become real numbers
    int input_form = nothing;      ///< what product, pointwise and softmax read; pooling and concat read every form they write
    int shortcut_form = nothing;

    constexpr int input() const { return inputs[0]; }
    /// Whether all forms of its output, the searched ones too, are copies or a choice of what it reads.
    constexpr bool passes_on() const {
        return work == Work::entry || work == Work::concat || (work == Work::pooling && !pooling.average);
    }
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
    UInt64 policy = 0;              ///< see policy_identity
    int atom = nothing;             ///< an atom whose precision names the policy; `nothing` for Real
    bool carried = false;           ///< the atom's Carry, not its Activation
    bool codes = false;             ///< bytes of whole steps from the lowest level, else floats
    bool linear = false;            ///< all whole steps of a range are levels: requantization needs no search
    bool flat = false;              ///< read through a reshape: no ring
    bool raw = false;               ///< the caller's own bytes, read by a product that knows what they mean by channel
    Size halo = 0;                  ///< pixels of zero on every side
    int levels = nothing;           ///< the form that owns the levels; another one behind pooling and concat
    int born = 0, dies = 0;         ///< steps
    Size offset = 0;                ///< elements from the start of its pool (codes or reals)
};

enum class Mistake {
    none,
    no_layers,
    no_input,
    input_numbers,
    not_a_layer,
    no_precision,
    no_such_option,
    no_outputs,
    zero_in_window,
    dense_reads_image,
    kernel_exceeds_image,
    padding_exceeds_kernel,
    padding_of_vector,
    groups_divide_channels,
    shortcut_out_of_place,
    sum_of_shapes,
    subsample_of_shapes,
    concat_of_shapes,
    no_branches,
    too_many_branches,
    too_many_readings,
    accumulator_overflow,
};

/// What bind or place found wrong, with its particulars: two shapes, or two numbers as the channels of shapes without height.
struct Finding {
    Mistake mistake = Mistake::none;
    int atom = nothing;
    Shape expected, found;

    static constexpr Shape number(UInt64 count) { return {0, 0, static_cast<Size>(least<UInt64>(count, ~Size(0)))}; }
};

/// Sized by the number of atoms: every atom makes at most one step and one value.
template <Size Atoms>
struct Graph {
    static constexpr Size most_forms = 3 * (Atoms + 2);
    Step steps[Atoms + 2]{};
    Value values[Atoms + 2]{};
    Form forms[most_forms]{};
    int step_count = 0, value_count = 0, form_count = 0;
    Size code_bytes = 0;    ///< of the arena
    Size real_count = 0;    ///< floats of the arena
    int output = nothing;   ///< the last value
    int result = nothing;   ///< its form that infer returns
    Finding finding{};

    constexpr bool failed() const { return finding.mistake != Mistake::none; }
    /// A graph of one empty form and no step, so that nothing after the door stumbles over a network that was refused.
    constexpr Graph only_finding() const {
        Graph empty;
        empty.finding = finding;
        empty.output = empty.result = 0;
        return empty;
    }
    /// Neither plain real numbers nor codes that rounding finds.
    static constexpr bool searched(const Form& form) { return form.codes ? !form.linear : form.atom != nothing; }
    /// Whether the step that makes this form writes it itself; the others are made from the plain real one.
    constexpr bool written_directly(const Form& form) const {
        const Step& writer = steps[values[form.value].writer];
        if (writer.passes_on()) return true;
        if (searched(form)) return false;
        if (form.codes) return writer.work != Work::softmax;
        return !form.flat || find(form.value, form.policy, false) == nothing;
    }
    constexpr Size count_forms(int value) const {
        Size count = 0;
        for (int i = 0; i < form_count; ++i)
            if (forms[i].value == value) ++count;
        return count;
    }
    /// The index of a value's form number `position`.
    constexpr Size form_at(int value, Size position) const {
        int i = 0;
        while (forms[i].value != value || position-- != 0) ++i;
        return static_cast<Size>(i);
    }
    /// As its writer sees it.
    constexpr Extent extent(const Form& form) const { return {values[form.value].shape, form.halo}; }
    /// As a reader of `value` sees it, which may be a reshape of what was written.
    constexpr Extent extent(const Form& form, int value) const { return {values[value].shape, form.halo}; }
    /// Whether an integer product's sums stay integers until they are codes: unless a real shortcut is added.
    constexpr bool integer_epilogue(const Step& step) const {
        return step.shortcut == nothing || forms[step.shortcut_form].codes;
    }
    constexpr ProductPlan plan(const Step& step) const {
        return {step.product, extent(forms[step.input_form], step.input()), values[step.output].shape};
    }
    /// The form in which pooling and concat read this value, or a search its source; never raw.
    constexpr int find(int value, UInt64 policy, bool codes) const {
        for (int i = 0; i < form_count; ++i) {
            const Form& form = forms[i];
            if (form.raw || form.flat != reshaped(value)) continue;
            if (form.value == values[value].root && form.policy == policy && form.codes == codes) return i;
        }
        return nothing;
    }
    constexpr bool reshaped(int value) const { return values[value].root != value; }
};

/// Tells policies apart by their names, which carry versions. Not by addresses: GCC refuses to compare those in constant
/// expressions where it instruments pointers (-fsanitize=undefined).
template <class Policy>
constexpr UInt64 policy_identity() {
    return Hash{}.add_text(Policy::name).state;
}

}}  // namespace aquatint::v0
