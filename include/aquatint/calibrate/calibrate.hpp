// SPDX-License-Identifier: BSL-1.0
// calibrate<Net>: packed parameters from float weights and a few hundred sample inputs, without training.
#pragma once

#include <algorithm>
#include <functional>

#include <aquatint/calibrate/observe.hpp>
#include <aquatint/calibrate/quantized_product.hpp>

namespace aquatint { inline namespace v0 {

/// How the range of an activation is found from its samples.
enum class RangeRule { mean_square, percentile, min_max };

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

/// The moments of `count` samples; `add(sums, first, last)` adds the products of some of them.
inline ChannelMoments gather_moments(Size count, Shape shape, const std::function<void(ChannelMoments&, Size, Size)>& add) {
    std::vector<ChannelMoments> chunks(chunk_count, ChannelMoments(shape.channels));
    for_each_chunk(count, [&](Size chunk, Size first, Size last) {
        add(chunks[chunk], first, last);
        chunks[chunk].count = static_cast<double>((last - first) * shape.pixels());
    });
    ChannelMoments total(shape.channels);
    for (const ChannelMoments& chunk : chunks) total.add(chunk);
    return total;
}

template <class Net>
class Calibrator {
    static constexpr auto& graph = Net::graph;
    using NetEvaluator = Evaluator<Net, Native>;

public:
    Calibrator(const Observations& observations, const CalibrationOptions& chosen, Parameters<Net>& result)
        : seen(observations), options(chosen), parameters(result), arenas(observations.sample_count) {
        for (auto& arena : arenas) arena.reset(new Arena<Net>());
    }

    /// Without samples: the levels of every activation have to be known.
    Error freeze() {
        return write();
    }
    Error run(CalibrationReport& report) {
        if (const Error e = write()) return e;
        const std::unique_ptr<Parameters<Net>> plain = copy_of_parameters(), best = copy_of_parameters();
        advance();
        report = {Correction::none, output_error()};
        if (!options.correct) return {};
        for (const Correction candidate : {Correction::mean, Correction::mean_and_variance}) {
            correction = candidate;
            std::memcpy(static_cast<void*>(&parameters), plain.get(), sizeof parameters);
            advance();
            const double lost = output_error();
            if (!(lost < report.output_error)) continue;
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

    using Part = Error (Calibrator::*)();
    template <Size... Form, Size... Index>
    Error write_all(Indices<Form...>, Indices<Index...>) {
        constexpr Part parts[] = {&Calibrator::write_levels<static_cast<int>(Form)>...,
                                  &Calibrator::write_step<static_cast<int>(Index)>...};
        for (const Part part : parts)
            if (const Error e = (this->*part)()) return e;
        return {};
    }
    /// What is done with a step, so that loops over samples and threads are compiled once, not once for each step.
    struct StepRoutines {
        void (Calibrator::*run)(Size sample) const;
        void (Calibrator::*add_moments)(Size sample, ChannelMoments& sums) const;
        void (Calibrator::*correct)();
    };
    template <Size... Index>
    static const StepRoutines& routines_of(int step, Indices<Index...>) {
        static constexpr StepRoutines routines[] = {{&Calibrator::run_step<static_cast<int>(Index)>,
                                                     &Calibrator::add_moments<static_cast<int>(Index)>,
                                                     &Calibrator::correct<static_cast<int>(Index)>}...};
        return routines[step];
    }
    static const StepRoutines& routines_of(int step) { return routines_of(step, StepIndices<Net>{}); }
    Error write() {
        std::memset(static_cast<void*>(&parameters), 0, sizeof parameters);
        return write_all(FormIndices<Net>{}, StepIndices<Net>{});
    }
    std::unique_ptr<Parameters<Net>> copy_of_parameters() const {
        std::unique_ptr<Parameters<Net>> result(new Parameters<Net>);
        std::memcpy(static_cast<void*>(result.get()), &parameters, sizeof parameters);
        return result;
    }
    /// All samples go through the network step by step, each step corrected before it runs.
    void advance() {
        for (int step = 0; step < graph.step_count; ++step) {
            const StepRoutines& routines = routines_of(step);
            if (correction != Correction::none) (this->*routines.correct)();
            for_each_chunk(arenas.size(), [&](Size, Size first, Size last) {
                for (Size sample = first; sample < last; ++sample) (this->*routines.run)(sample);
            });
        }
    }
    NetEvaluator evaluator(Size sample) const { return {parameters, *arenas[sample]}; }
    template <int Index>
    void run_step(Size sample) const {
        evaluator(sample).template run_step<Index>(input_of<Net>(seen.inputs, sample));
    }

    /// Levels of an activation: fitted to the samples of every value that shares them.
    template <int Index>
    Error write_levels() {
        if constexpr (owns_levels<Net, Index>) {
            using Reader = FormPolicy<Net, Index>;
            auto& levels = levels_of<Index>(parameters);
            if constexpr (SignReading<Reader>)
                if (const FoldedStep* reader = known_reader(Index)) {
                    levels = {1, reader->activation_middle};
                    return {};
                }
            if constexpr (graph.forms[Index].raw) {
                levels.scale = static_cast<float>(seen.normalization.scale(0));   // the weights hold what the channels differ by
            } else {
                return fit_levels<Reader>(Index, levels);
            }
        }
        return {};
    }
    template <class Reader>
    Error fit_levels(int form, typename Reader::Levels& levels) const {
        ValueSamples samples;
        if (const Error e = gather_samples(form, samples)) return e;
        levels = activation_levels<Reader>(samples);
        return {};
    }
    /// A step that reads this form and whose training fixed its levels; nullptr if there is none.
    const FoldedStep* known_reader(int form) const {
        for (int s = 0; s < graph.step_count; ++s)
            if (const FoldedStep& folded = seen.steps[static_cast<Size>(s)];
                graph.steps[s].input_form == form && folded.activation_known)
                return &folded;
        return nullptr;
    }
    Error gather_samples(int owner, ValueSamples& samples) const {
        if (seen.values.empty())
            return error("the levels of an activation are not known: calibrate with sample inputs",
                         step_name(graph.forms[owner].born).c_str());
        for (int form = 0; form < graph.form_count; ++form)
            if (graph.forms[form].levels == owner) samples.add(seen.values[static_cast<Size>(graph.forms[form].value)]);
        return {};
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
        if constexpr (step.work == Work::product) return write_product<Index>();
        else return {};
    }

    /// The float weights and biases of a step in terms of what it reads.
    void real_weights(int step, std::vector<float>& weight, std::vector<double>& bias) const {
        const ProductPlan plan = graph.plan(graph.steps[step]);
        const FoldedStep& folded = seen.steps[static_cast<Size>(step)];
        weight = folded.weight;
        bias.assign(folded.bias.begin(), folded.bias.end());
        if (!graph.forms[graph.steps[step].input_form].raw) return;
        const double reference = seen.normalization.scale(0);
        for_each_weight(plan, [&](Size index, const WeightPlace& at, Size channel) {
            const Size c = at.part * plan.group_inputs() + channel;
            const double scale = seen.normalization.scale(c);
            weight[index] = static_cast<float>(folded.weight[index] * (scale / reference));
            bias[at.part * plan.part_outputs() + at.output] -= folded.weight[index] * scale * seen.normalization.zero(c);
        });
    }
    template <int Index>
    auto quantized_product() {
        constexpr Step step = graph.steps[Index];
        constexpr int form = step.input_form;
        auto& own = step_of<Index>(parameters);
        using Own = std::remove_reference_t<decltype(own)>;
        QuantizedProduct<typename Own::WeightPolicy, std::remove_reference_t<decltype(own.bias[0])>> product;
        product.plan = graph.plan(step);
        product.weights = own.weights;
        product.levels = own.levels;
        product.bias = own.bias;
        product.basis_bits = basis_bits<Net, Index>;
        if constexpr (Own::integer) {
            const auto& levels = levels_of<form>(parameters);
            product.input_scale = static_cast<double>(levels.scale);
            product.input_zero = graph.forms[form].raw ? 0 : ByteLevels<FormPolicy<Net, form>>::zero(levels);
            product.shift = shift_of<Net, Index>;
        }
        return product;
    }
    template <int Index>
    Error write_product() {
        auto& own = step_of<Index>(parameters);
        if constexpr (std::is_same_v<typename std::remove_reference_t<decltype(own)>::WeightPolicy, Real>) {
            std::vector<double> bias;
            std::vector<float> weight;
            real_weights(Index, weight, bias);
            write_weights(graph.plan(graph.steps[Index]), weight, own.weights);
            for (Size output = 0; output < bias.size(); ++output) own.bias[output] = static_cast<float>(bias[output]);
            return {};
        } else {
            return write_quantized(Index, quantized_product<Index>());
        }
    }
    template <class Product>
    Error write_quantized(int step, Product product) const {
        std::vector<float> weight;
        std::vector<double> bias;
        real_weights(step, weight, bias);
        const Size output = product.write(weight, bias);
        if (output == bias.size()) return {};
        return error("a bias does not fit the accumulator", step_name(step, output).c_str());
    }
    static Text<79> step_name(int step) { return Text<79>("step ").append_number(step); }
    static Text<79> step_name(int step, Size output) {
        return step_name(step).append(" output ").append_number(static_cast<Int64>(output));
    }
    /// Compares a product's sums on the samples with the float network's, channel by channel,
    /// and moves scale and bias accordingly.
    template <int Index>
    void correct() {
        if constexpr (graph.steps[Index].work == Work::product) {
            auto& own = step_of<Index>(parameters);
            if constexpr (std::remove_reference_t<decltype(own)>::integer) correct_quantized(Index, quantized_product<Index>());
            else if constexpr (!graph.steps[Index].offset) correct_means(Index, own.bias);
        }
    }
    template <class Product>
    void correct_quantized(int step, Product product) const {
        product.correct(moments(step), seen.moments[static_cast<Size>(step)], correction);
    }
    void correct_means(int step, float* bias) const {
        const ChannelMoments& wanted = seen.moments[static_cast<Size>(step)];
        const ChannelMoments now = moments(step);
        for (Size c = 0; c < now.sum.size(); ++c) bias[c] += static_cast<float>(wanted.mean(c) - now.mean(c));
    }
    ChannelMoments moments(int step) const {
        const auto add = routines_of(step).add_moments;
        return gather_moments(arenas.size(), graph.values[graph.steps[step].output].shape,
                              [&](ChannelMoments& sums, Size first, Size last) {
                                  for (Size sample = first; sample < last; ++sample) (this->*add)(sample, sums);
                              });
    }
    template <int Index>
    void add_moments(Size sample, ChannelMoments& sums) const {
        constexpr Step step = graph.steps[Index];
        if constexpr (step.work == Work::product && !step.offset)
            evaluator(sample).template multiply<Index>([&] {
                MomentsEpilogue epilogue{sums};
                if constexpr (graph.forms[step.input_form].codes) {
                    epilogue.bias = step_of<Index>(parameters).bias;
                    epilogue.shift = shift_of<Net, Index>;
                }
                return epilogue;
            });
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

/// Packed parameters without any sample inputs: for networks whose activations' levels are known or that read raw input only.
template <class Net>
Error freeze(const FloatModel& model, const Normalization& normalization, Parameters<Net>& parameters) {
    if (const Error e = check_normalization<Net>(normalization)) return e;
    Observations observations;
    observations.normalization = normalization;
    if (const Error e = Folder<Net>(model).fold(observations.steps)) return e;
    return Calibrator<Net>(observations, {.correct = false}, parameters).freeze();
}

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
Error calibrate(const FloatModel& model, const Normalization& normalization, MatrixView<const InputElement<Net>> samples,
                Parameters<Net>& parameters, const CalibrationOptions& options = {}, CalibrationReport* report = nullptr) {
    Observations observations;
    if (const Error e = observe<Net>(model, normalization, samples, observations)) return e;
    return calibrate<Net>(observations, parameters, options, report);
}

}}  // namespace aquatint::v0
