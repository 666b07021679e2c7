// SPDX-License-Identifier: BSL-1.0
// calibrate<Net>: packed parameters from float weights and a few hundred sample inputs, without training.
#pragma once

#include <algorithm>

#include <aquatint/calibrate/observe.hpp>

namespace aquatint { inline namespace v0 {

/// How the range of an activation is found from its samples.
enum class RangeRule { mean_square, percentile, min_max };

/// What is done to a step's levels and bias after its weights were quantized, so that its output on the samples has the float
/// network's statistics: nothing, the mean of each channel (bias correction), mean and variance (BatchNorm re-estimation).
enum class Correction { none, mean, mean_and_variance };

struct CalibrationOptions {
    RangeRule range = RangeRule::mean_square;
    double percentile = 0.9999;   ///< with RangeRule::percentile: how much of the samples the range covers
    bool correct = true;          ///< try every Correction and keep the one whose outputs differ least from the float network's
};

/// What calibration decided.
struct CalibrationReport {
    Correction correction = Correction::none;
    double output_error = 0;   ///< mean square difference of the outputs from the float network's, relative to their mean square
};

template <class Net>
class Calibrator {
    static constexpr auto& graph = Net::graph;
    using NetEvaluator = Evaluator<Net, Native>;

public:
    Calibrator(const Observations& observations, const CalibrationOptions& chosen, Parameters<Net>& result)
        : seen(observations), options(chosen), parameters(result), arenas(observations.sample_count) {
        for (auto& arena : arenas) arena.reset(new Arena<Net>());
    }

    Error run(CalibrationReport& report) {
        const std::unique_ptr<Parameters<Net>> best(new Parameters<Net>);
        bool found = false;
        for (const Correction candidate : {Correction::none, Correction::mean, Correction::mean_and_variance}) {
            if (candidate != Correction::none && !options.correct) break;
            correction = candidate;
            if (const Error e = write()) return e;
            const double lost = output_error();
            if (found && !(lost < report.output_error)) continue;
            found = true;
            report = {candidate, lost};
            std::memcpy(static_cast<void*>(best.get()), &parameters, sizeof parameters);
        }
        std::memcpy(static_cast<void*>(&parameters), best.get(), sizeof parameters);
        return {};
    }

private:
    const Observations& seen;
    const CalibrationOptions& options;
    Parameters<Net>& parameters;
    std::vector<std::unique_ptr<Arena<Net>>> arenas;   ///< one a sample: the network advances step by step on all of them
    Correction correction = Correction::none;

    Error write() {
        std::memset(static_cast<void*>(&parameters), 0, sizeof parameters);
        for_each_index(FormIndices<Net>{}, [&]<Size Form>() { write_levels<static_cast<int>(Form)>(); });
        Error problem;
        for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
            if (!problem) problem = write_step<static_cast<int>(Index)>();
        });
        return problem;
    }

    /// Levels of an activation: fitted to the samples of every value that shares them.
    template <int Index>
    void write_levels() {
        if constexpr (owns_levels<Net, Index>) {
            using Reader = FormPolicy<Net, Index>;
            auto& levels = levels_of<Index>(parameters);
            if constexpr (graph.forms[Index].value == 0 && std::is_same_v<Reader, typename Net::InputNumbers> && graph.forms[Index].codes) {
                levels.scale = static_cast<float>(seen.normalization.scale(0));   // the weights hold what the channels differ by
            } else {
                ValueSamples samples;
                for (int form = 0; form < graph.form_count; ++form)
                    if (graph.forms[form].levels == Index) samples.add(seen.values[static_cast<Size>(graph.forms[form].value)]);
                levels = activation_levels<Reader>(samples);
            }
        }
    }
    template <class Reader>
    typename Reader::Levels activation_levels(ValueSamples& samples) const {
        if constexpr (requires { Reader::fit_range(0.0f, 1.0f); }) {
            if (options.range == RangeRule::min_max) return Reader::fit_range(samples.low, samples.high);
            if (options.range == RangeRule::percentile) {
                auto& sorted = samples.samples;
                std::sort(sorted.begin(), sorted.end());
                const double last = static_cast<double>(sorted.size() - 1);
                return Reader::fit_range(sorted[static_cast<Size>(last * (1 - options.percentile))],
                                         sorted[static_cast<Size>(last * options.percentile)]);
            }
        }
        return fit<Reader>(VectorView<const float>(samples.samples.data(), samples.samples.size()));
    }

    template <int Index>
    Error write_step() {
        constexpr Step step = graph.steps[Index];
        write_reals<Net, Index>(seen.steps[Index], seen.normalization, parameters);
        if constexpr (step.work == Work::product) {
            if (const Error e = write_product<Index>()) return e;
            if (correction != Correction::none)
                if (const Error e = correct<Index>()) return e;
        }
        for_each_chunk(arenas.size(), [&](Size, Size first, Size last) {
            for (Size sample = first; sample < last; ++sample)
                NetEvaluator{parameters, *arenas[sample]}.template run_step<Index>(input_of<Net>(seen.inputs, sample));
        });
        return {};
    }

    /// Whether a step reads the caller's bytes themselves, whose channels have a scale and a zero of their own.
    template <int Index>
    static constexpr bool reads_input = [] {
        constexpr auto form = graph.forms[graph.steps[Index].input_form];
        return form.value == 0 && form.codes && form.policy == policy_identity<typename Net::InputNumbers>();
    }();

    /// The float weights and biases of a step in terms of what it reads.
    template <int Index>
    void real_weights(std::vector<float>& weight, std::vector<double>& bias) const {
        constexpr ProductPlan plan = graph.plan(graph.steps[Index]);
        const FoldedStep& folded = seen.steps[Index];
        weight = folded.weight;
        bias.assign(folded.bias.begin(), folded.bias.end());
        if constexpr (reads_input<Index>) {
            const double reference = seen.normalization.scale(0);
            for_each_weight(plan, [&](Size index, const WeightPlace& at, Size channel) {
                const Size c = at.part * plan.group_inputs() + channel;
                const double scale = seen.normalization.scale(c);
                weight[index] = static_cast<float>(folded.weight[index] * (scale / reference));
                bias[at.part * plan.part_outputs() + at.output] -= folded.weight[index] * scale * seen.normalization.zero(c);
            });
        }
    }

    template <int Index>
    Error write_product() {
        constexpr ProductPlan plan = graph.plan(graph.steps[Index]);
        auto& own = step_of<Index>(parameters);
        using Own = std::remove_reference_t<decltype(own)>;
        using Weight = typename Own::WeightPolicy;
        std::vector<float> weight;
        std::vector<double> bias;
        real_weights<Index>(weight, bias);
        if constexpr (std::is_same_v<Weight, Real>) {
            const RealOrder order{plan.part_outputs(), plan.segments().inputs()};
            for_each_weight(plan, [&](Size i, const WeightPlace& at, Size) {
                own.weights[at.part * order.floats() + order.place(at.output, at.segment * plan.segments().run + at.input)] = weight[i];
            });
        } else {
            const Size inputs = plan.segments().inputs();
            for (Size output = 0; output < plan.product.outputs; ++output)
                own.levels[output] = weight_levels<Index, Weight>({weight.data() + output * inputs, inputs});
            write_codes<Weight>(plan, weight, own);
        }
        if constexpr (!Own::integer) {
            for (Size output = 0; output < plan.product.outputs; ++output) own.bias[output] = static_cast<float>(bias[output]);
            return {};
        } else {
            return write_biases<Index>(bias);
        }
    }
    template <int Index, class Weight>
    static typename Weight::Levels weight_levels(VectorView<const float> samples) {
        if constexpr (requires { Weight::fit(samples, 12u); }) return Weight::fit(samples, basis_bits<Index>);
        else return fit<Weight>(samples);
    }
    /// How wide a basis may be: a whole sum of products stays below the accumulator's limit. An offset takes one bit.
    template <int Index>
    static constexpr unsigned basis_bits = [] {
        constexpr Step step = graph.steps[Index];
        if constexpr (!graph.forms[step.input_form].codes) return 15u;
        else {
            using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
            const UInt64 inputs = static_cast<UInt64>(ByteLevels<FormPolicy<Net, step.input_form>>::highest_byte) * graph.plan(step).segments().inputs();
            unsigned bits = 1;
            while (bits < 15 && (inputs << (bits + 1 + (Terms<Weight>::has_offset ? 1 : 0))) < accumulator_limit) ++bits;
            return bits;
        }
    }();

    template <int Index>
    double unit_of(Size output) const {
        constexpr int form = graph.steps[Index].input_form;
        return static_cast<double>(step_of<Index>(parameters).levels[output].scale) * static_cast<double>(levels_of<form>(parameters).scale);
    }
    /// Real biases to accumulator units, less what the inputs' zero point adds to every sum.
    template <int Index>
    Error write_biases(const std::vector<double>& bias) {
        constexpr Step step = graph.steps[Index];
        constexpr ProductPlan plan = graph.plan(step);
        auto& own = step_of<Index>(parameters);
        using Weight = typename std::remove_reference_t<decltype(own)>::WeightPolicy;
        std::vector<Int64> weight_sums(plan.product.outputs);
        const CellOrder order{Weight::bits, plan.part_outputs(), plan.segments()};
        for_each_weight(plan, [&](Size, const WeightPlace& at, Size) {
            const Size output = at.part * plan.part_outputs() + at.output;
            const unsigned code = order.load(own.weights + at.part * order.bytes(), at.output, at.segment, at.input);
            weight_sums[output] += Terms<Weight>::integer(code, own.levels[output]);
        });
        const Int64 zero = reads_input<Index> ? 0 : ByteLevels<FormPolicy<Net, step.input_form>>::zero(levels_of<step.input_form>(parameters));
        for (Size output = 0; output < plan.product.outputs; ++output) {
            const double scaled = (bias[output] / unit_of<Index>(output) - static_cast<double>(zero * weight_sums[output])) * (1 << shift_of<Net, Index>);
            if (!(std::fabs(scaled) <= bias_limit))
                return error("a bias does not fit the accumulator", Text<79>("step ").append_number(Index).append(" output ").append_number(
                                                                        static_cast<Int64>(output)).c_str());
            own.bias[output] = static_cast<Int32>(std::nearbyint(scaled));
        }
        return {};
    }

    /// Compares the step's sums on the samples with the float network's, channel by channel, and moves scale and bias accordingly.
    template <int Index>
    Error correct() {
        auto& own = step_of<Index>(parameters);
        using Own = std::remove_reference_t<decltype(own)>;
        if constexpr (Own::integer) {
            const ChannelMoments now = moments<Index>();
            const ChannelMoments& wanted = seen.moments[Index];
            std::vector<double> bias(now.sum.size());
            for (Size c = 0; c < bias.size(); ++c) {
                double gain = 1;
                if (correction == Correction::mean_and_variance && now.variance(c) > 0) gain = std::sqrt(wanted.variance(c) / now.variance(c));
                auto scaled = own.levels[c];
                scaled.scale = static_cast<float>(static_cast<double>(scaled.scale) * gain);
                if (!valid_levels<typename Own::WeightPolicy>(scaled)) {
                    scaled = own.levels[c];   // levels that may not be scaled at will: powers of two, dead channels
                    gain = 1;
                }
                const double unit = unit_of<Index>(c) / (1 << shift_of<Net, Index>);
                bias[c] = wanted.mean(c) - gain * now.mean(c);
                own.levels[c] = scaled;
                const double moved = std::nearbyint(own.bias[c] + bias[c] / (unit * gain));
                if (!(std::fabs(moved) <= bias_limit)) return error("a corrected bias does not fit the accumulator", Text<79>("step ").append_number(Index).c_str());
                own.bias[c] = static_cast<Int32>(moved);
            }
        } else {
            const ChannelMoments now = moments<Index>();
            for (Size c = 0; c < now.sum.size(); ++c) own.bias[c] += static_cast<float>(seen.moments[Index].mean(c) - now.mean(c));
        }
        return {};
    }
    template <int Index>
    ChannelMoments moments() const {
        constexpr Step step = graph.steps[Index];
        const Size channels = graph.values[step.output].shape.channels;
        std::vector<ChannelMoments> chunks(chunk_count, ChannelMoments(channels));
        for_each_chunk(arenas.size(), [&](Size chunk, Size first, Size last) {
            MomentsEpilogue epilogue{chunks[chunk]};
            if constexpr (graph.forms[step.input_form].codes) {
                epilogue.bias = step_of<Index>(parameters).bias;
                epilogue.shift = shift_of<Net, Index>;
            }
            for (Size sample = first; sample < last; ++sample)
                NetEvaluator{parameters, *arenas[sample]}.template multiply<Index>(epilogue);
            chunks[chunk].count = static_cast<double>((last - first) * graph.values[step.output].shape.pixels());
        });
        ChannelMoments total(channels);
        for (const ChannelMoments& chunk : chunks) total.add(chunk);
        return total;
    }

    double output_error() const {
        const Size count = graph.values[graph.output].shape.elements();
        double lost = 0, power = 0;
        for (Size sample = 0; sample < arenas.size(); ++sample) {
            const float* result = arenas[sample]->template tensor<graph.result>();
            for (Size i = 0; i < count; ++i) {
                const double wanted = static_cast<double>(seen.outputs[sample * count + i]);
                lost += (static_cast<double>(result[i]) - wanted) * (static_cast<double>(result[i]) - wanted);
                power += wanted * wanted;
            }
        }
        return lost / power;
    }
};

/// Packed parameters of `Net` from what the float network was observed to do. Every weight gets the levels of least mean square
/// error by channel, every activation those of its samples.
template <class Net>
Error calibrate(const Observations& observations, Parameters<Net>& parameters, const CalibrationOptions& options = {},
                CalibrationReport* report = nullptr) {
    CalibrationReport own;
    return Calibrator<Net>(observations, options, parameters).run(report == nullptr ? own : *report);
}
/// The same in one call. `samples` is [sample][elements of the input].
template <class Net>
Error calibrate(const FloatModel& model, const Normalization& normalization, MatrixView<const Byte> samples, Parameters<Net>& parameters,
                const CalibrationOptions& options = {}) {
    Observations observations;
    if (const Error e = observe<Net>(model, normalization, samples, observations)) return e;
    return calibrate<Net>(observations, parameters, options);
}

}}  // namespace aquatint::v0
