// SPDX-License-Identifier: BSL-1.0
// From steps to memory: which forms of a value its readers want, how long each lives, and where it lies in the arena.
#pragma once

#include <aquatint/kernel/integer_product.hpp>
#include <aquatint/layer/flattened.hpp>
#include <aquatint/network/graph.hpp>
#include <aquatint/policy/byte_reading.hpp>

namespace aquatint { inline namespace v0 {

/// As what a policy's tensors are kept.
struct NumberSystem {
    UInt64 policy = 0;
    bool codes = false;
    bool linear = false;
};
template <Policy Reader>
constexpr NumberSystem numbers_of() {
    if constexpr (ByteReading<Reader>) return {policy_identity<Reader>(), true, ByteLevels<Reader>::linear};
    else return {policy_identity<Reader>(), false, false};
}

/// What flows on sums is added as whole steps or as numbers: levels with a real offset are numbers.
template <Policy Reader>
constexpr NumberSystem carried_numbers_of() {
    NumberSystem numbers = numbers_of<Reader>();
    numbers.codes = numbers.codes && !SignReading<Reader>;
    return numbers;
}

/// What place has to know of an atom's precision.
struct AtomNumbers {
    NumberSystem activation;
    NumberSystem carried;
    bool integer_weights = false;
    bool offset = false;          ///< weights or activations have a real offset
    int tap_digit = 0;            ///< the largest digit of weights that are one digit each: what an offset is multiplied by
    UInt64 largest_product = 0;   ///< of one weight and one input, where both are integers of known size
};
template <class Atom>
constexpr AtomNumbers atom_numbers() {
    using Weight = typename Atom::Numbers::Weight;
    using Activation = typename Atom::Numbers::Activation;
    AtomNumbers numbers;
    numbers.activation = numbers_of<Activation>();
    numbers.carried = carried_numbers_of<typename Atom::Numbers::Carried>();
    numbers.integer_weights = DigitReading<Weight>;
    numbers.offset = SignReading<Weight> || SignReading<Activation>;
    if constexpr (DigitReading<Weight>)
        if (Terms<Weight>::count == 1 && !Terms<Weight>::planes) numbers.tap_digit = largest_digit<Weight>;
    if constexpr (DigitReading<Weight> && ByteReading<Activation>)
        numbers.largest_product = static_cast<UInt64>(largest_weight<Weight>) * ByteLevels<Activation>::highest_byte;
    return numbers;
}

template <Size Atoms>
struct Placer {
    Graph<Atoms> graph;
    NumberSystem entered;   ///< what the caller hands over
    AtomNumbers numbers[Atoms + 1]{};

    /// The form of `value` with these numbers and at least this ring; made where there is none.
    constexpr int request(int value, const NumberSystem& wanted, int atom, bool carried, Size halo, bool raw = false) {
        const int root = graph.values[value].root;
        const bool flat = graph.reshaped(value);
        for (int i = 0; i < graph.form_count; ++i) {
            Form& form = graph.forms[i];
            if (form.value != root || form.policy != wanted.policy || form.codes != wanted.codes) continue;
            if (form.flat != flat || form.raw != raw) continue;
            if (!flat) form.halo = most(form.halo, halo);
            return i;
        }
        if (static_cast<Size>(graph.form_count) == graph.most_forms) {
            fail(Mistake::too_many_readings, atom, Finding::number(graph.most_forms), Finding::number(graph.most_forms + 1));
            return 0;
        }
        Form& form = graph.forms[graph.form_count];
        form.value = root;
        form.policy = wanted.policy;
        form.atom = wanted.policy == policy_identity<Real>() ? nothing : atom;
        form.carried = carried;
        form.codes = wanted.codes;
        form.linear = wanted.linear;
        form.flat = flat;
        form.raw = raw;
        form.halo = flat ? 0 : halo;
        form.levels = graph.form_count;
        return graph.form_count++;
    }
    constexpr void fail(Mistake mistake, int atom, Shape expected, Shape found) {
        if (!graph.failed()) graph.finding = {mistake, atom, expected, found};
    }
    constexpr int request_real(int value) { return request(value, numbers_of<Real>(), nothing, false, 0); }
    constexpr int request_carried(int value, int atom) { return request(value, numbers[atom].carried, atom, true, 0); }

    /// What the product of this atom reads: codes if its arithmetic is integer, else real numbers (rounded to levels where the
    /// activation has some).
    constexpr NumberSystem product_input(const Step& step) const {
        const AtomNumbers& own = numbers[step.atom];
        NumberSystem wanted = own.activation;
        wanted.codes = wanted.codes && own.integer_weights && (!own.offset || takes_offset(step));
        return wanted;
    }
    /// Whether the digits' sums of a tap are to be had, and fit 16 bits.
    constexpr bool takes_offset(const Step& step) const {
        const Size largest = static_cast<Size>(numbers[step.atom].tap_digit) * graph.values[step.input()].shape.channels;
        return step.product.geometry.groups == 1 && largest != 0 && largest <= 32767;
    }

    constexpr void request_inputs(Step& step) {
        if (step.shortcut != nothing) step.shortcut_form = request_carried(step.shortcut, step.sum_atom);
        switch (step.work) {
        case Work::entry: break;
        case Work::product: {
            const Geometry& geometry = step.product.geometry;
            const Size halo = most(geometry.padding_height, geometry.padding_width);
            const NumberSystem wanted = product_input(step);
            step.offset = wanted.codes && numbers[step.atom].offset;
            const bool raw = graph.values[step.input()].root == 0 && wanted.codes && wanted.policy == entered.policy;
            step.input_form = request(step.input(), wanted, step.atom, false, halo, raw);
            break;
        }
        case Work::pointwise: step.input_form = request_carried(step.input(), step.atom); break;
        case Work::softmax:
            request_real(step.output);
            step.input_form = request_real(step.input());
            break;
        case Work::pooling:
        case Work::concat: pass_on(step); break;
        }
    }
    /// Levels that rounding cannot find are searched for in a pass of their own over the plain real form.
    constexpr void request_sources(const Step& step) {
        if (step.work != Work::product && step.work != Work::pointwise) return;
        for (int i = 0; i < graph.form_count; ++i)
            if (graph.forms[i].value == step.output && graph.searched(graph.forms[i])) request_real(step.output);
    }
    /// Pooling and concat keep the numbers that their readers want, levels included. But the mean of uneven levels is none of
    /// them: it is searched for from the mean of the numbers.
    constexpr void pass_on(const Step& step) {
        for (int i = 0; i < graph.form_count; ++i) {
            const Form form = graph.forms[i];
            if (form.value != step.output) continue;
            if (!graph.written_directly(form)) {
                request_real(step.output);
                continue;
            }
            for (Size input = 0; input < step.input_count; ++input) {
                const NumberSystem wanted{form.policy, form.codes, form.linear};
                const int source = request(step.inputs[input], wanted, form.atom, form.carried, 0);
                share_levels(source, i);
            }
        }
    }
    constexpr void share_levels(int source, int form) {
        const int from = graph.forms[source].levels, to = graph.forms[form].levels;
        const int keep = least(from, to), drop = most(from, to);
        for (int i = 0; i < graph.form_count; ++i)
            if (graph.forms[i].levels == drop) graph.forms[i].levels = keep;
    }

    constexpr void find_lifetimes() {
        for (int i = 0; i < graph.form_count; ++i) {
            Form& form = graph.forms[i];
            form.born = graph.values[form.value].writer;
            form.dies = form.born;
        }
        for (int s = 0; s < graph.step_count; ++s) {
            const Step& step = graph.steps[s];
            if (step.input_form != nothing) graph.forms[step.input_form].dies = s;
            if (step.shortcut_form != nothing) graph.forms[step.shortcut_form].dies = s;
            if (step.work != Work::pooling && step.work != Work::concat) continue;
            for (int i = 0; i < graph.form_count; ++i) {
                const Form& form = graph.forms[i];
                if (form.value != step.output || !graph.written_directly(form)) continue;
                for (Size input = 0; input < step.input_count; ++input)
                    graph.forms[graph.find(step.inputs[input], form.policy, form.codes)].dies = s;
            }
        }
        graph.forms[graph.result].dies = graph.step_count;
    }

    /// First fit; two forms overlap in memory only if they never live at the same step.
    constexpr void allocate(bool codes, Size slack, Size& total) {
        const Size unit = codes ? 64 : 16;
        for (int i = 0; i < graph.form_count; ++i) {
            Form& form = graph.forms[i];
            if (form.codes != codes) continue;
            const Size size = round_up(graph.extent(form).elements() + slack, unit);
            for (bool moved = true; moved;) {
                moved = false;
                for (int other = 0; other < i; ++other) {
                    const Form& placed = graph.forms[other];
                    if (placed.codes != codes || placed.born > form.dies || form.born > placed.dies) continue;
                    const Size end = placed.offset + round_up(graph.extent(placed).elements() + slack, unit);
                    if (placed.offset < form.offset + size && form.offset < end) {
                        form.offset = end;
                        moved = true;
                    }
                }
            }
            total = most(total, form.offset + size);
        }
    }

    constexpr void count_code_forms() {
        for (int s = 0; s < graph.step_count; ++s) {
            Size linear = 0;
            for (int i = 0; i < graph.form_count; ++i) {
                const Form& form = graph.forms[i];
                linear += form.value == graph.steps[s].output && form.codes && form.linear ? 1 : 0;
            }
            if (linear > most_code_forms)
                fail(Mistake::too_many_readings, graph.steps[s].atom, Finding::number(most_code_forms), Finding::number(linear));
        }
    }
    constexpr void check_accumulators() {
        for (int s = 0; s < graph.step_count; ++s) {
            const Step& step = graph.steps[s];
            if (step.work != Work::product || !graph.forms[step.input_form].codes) continue;
            const Size inputs = graph.plan(step).segments().inputs();
            const UInt64 bound = numbers[step.atom].largest_product * inputs;
            if (bound >= accumulator_limit)
                fail(Mistake::accumulator_overflow, step.atom, Finding::number(accumulator_limit), Finding::number(bound));
        }
    }

    constexpr void place() {
        if (!entered.linear && entered.policy != policy_identity<Real>()) return fail(Mistake::input_numbers, nothing, {}, {});
        graph.result = request_real(graph.output);
        for (int s = graph.step_count - 1; s >= 0; --s) {
            request_inputs(graph.steps[s]);
            request_sources(graph.steps[s]);
        }
        if (graph.failed()) return;
        count_code_forms();
        check_accumulators();
        find_lifetimes();
        // Kernels read whole cells and vectors: up to 64 bytes past the end of a tensor of codes.
        allocate(true, 64, graph.code_bytes);
        allocate(false, 16, graph.real_count);
    }
};

template <Policy InputReader, class... Atoms>
constexpr Graph<sizeof...(Atoms)> place(const Graph<sizeof...(Atoms)>& graph, TypeList<Atoms...>) {
    if (graph.failed()) return graph.only_finding();
    Placer<sizeof...(Atoms)> placer{graph, numbers_of<InputReader>(), {atom_numbers<Atoms>()...}};
    placer.place();
    return placer.graph.failed() ? placer.graph.only_finding() : placer.graph;
}

}}  // namespace aquatint::v0
