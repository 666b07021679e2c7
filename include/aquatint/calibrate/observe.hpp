// SPDX-License-Identifier: BSL-1.0
// observe<Net>: runs the full-precision twin over sample inputs and remembers what calibration
// needs of it, once for all precisions.
#pragma once

#include <aquatint/calibrate/parallel.hpp>
#include <aquatint/calibrate/statistics.hpp>
#include <aquatint/calibrate/write_parameters.hpp>

namespace aquatint { inline namespace v0 {

/// What the float network does on the samples. Values and steps are numbered as in every network of the same layers.
struct Observations {
    std::vector<FoldedStep> steps;          ///< float weights, BatchNorm folded
    Normalization normalization;
    std::vector<Byte> inputs;               ///< the memory of the samples, one after the other
    Size sample_count = 0;
    std::vector<ValueSamples> values;
    std::vector<ChannelMoments> moments;    ///< of each product step, before shortcut and activation
    std::vector<float> outputs;             ///< [sample][output]
};

/// About how many elements of each value are kept for fitting its levels.
inline constexpr Size kept_samples = Size(1) << 17;

template <class Net>
class Observer {
    using Twin = FullPrecision<Net>;
    using TwinEvaluator = Evaluator<Twin, Native>;
    static constexpr auto& graph = Twin::graph;
    struct Chunk {
        std::vector<ValueSamples> values;
        std::vector<ChannelMoments> moments;
    };

public:
    explicit Observer(Observations& result) : seen(result), parameters(new Parameters<Twin>) {}

    Error run() {
        if (const Error e = write_real<Twin>(seen.steps, seen.normalization, *parameters)) return e;
        std::vector<Chunk> chunks(chunk_count);
        seen.outputs.resize(seen.sample_count * output_count);
        for_each_chunk(seen.sample_count, [&](Size chunk, Size first, Size last) { observe(chunks[chunk], first, last); });
        seen.values.assign(static_cast<Size>(graph.value_count), {});
        seen.moments.assign(static_cast<Size>(graph.step_count), ChannelMoments{});
        start(seen.moments);
        for (const Chunk& chunk : chunks) {
            for (Size v = 0; v < seen.values.size(); ++v) seen.values[v].add(chunk.values[v]);
            for (Size s = 0; s < seen.moments.size(); ++s) seen.moments[s].add(chunk.moments[s]);
        }
        return {};
    }

private:
    static constexpr Size output_count = graph.values[graph.output].shape.elements();
    Observations& seen;
    std::unique_ptr<Parameters<Twin>> parameters;

    static void start(std::vector<ChannelMoments>& moments) {
        for (int s = 0; s < graph.step_count; ++s)
            if (graph.steps[s].work == Work::product)
                moments[static_cast<Size>(s)] = ChannelMoments(graph.values[graph.steps[s].output].shape.channels);
    }
    void observe(Chunk& chunk, Size first, Size last) const {
        const std::unique_ptr<Arena<Twin>> arena(new Arena<Twin>());
        const TwinEvaluator evaluator{*parameters, *arena};
        chunk.values.resize(static_cast<Size>(graph.value_count));
        chunk.moments.resize(static_cast<Size>(graph.step_count));
        start(chunk.moments);
        for (Size sample = first; sample < last; ++sample) {
            const InputElement<Twin>* input = input_of<Twin>(seen.inputs, sample);
            for_each_index(StepIndices<Twin>{},
                           [&]<Size Index>() { observe_step<static_cast<int>(Index)>(evaluator, input, chunk, sample); });
            const float* result = arena->template tensor<graph.result>();
            copy(result, output_count, seen.outputs.data() + sample * output_count);
        }
    }
    template <int Index>
    void observe_step(const TwinEvaluator& evaluator, const InputElement<Twin>* input, Chunk& chunk, Size sample) const {
        constexpr Step step = graph.steps[Index];
        if constexpr (step.work == Work::product) {
            ChannelMoments& moments = chunk.moments[static_cast<Size>(Index)];
            evaluator.template multiply<Index>([&] { return MomentsEpilogue{moments}; });
            moments.count += static_cast<double>(graph.values[step.output].shape.pixels());
        }
        evaluator.template run_step<Index>(input);
        constexpr int form = graph.find(step.output, policy_identity<Real>(), false);
        constexpr Extent extent = graph.extent(graph.forms[form]);
        constexpr Size length = extent.shape.width * extent.shape.channels;
        const Size every = most(Size(1), seen.sample_count * extent.shape.elements() / kept_samples);
        const float* tensor = evaluator.arena.template tensor<form>();
        for (Size row = 0; row < extent.shape.height; ++row)
            chunk.values[static_cast<Size>(step.output)].add({tensor + extent.at(row, 0), length}, every, (row + sample) * 7);
    }
};

/// `samples` is [sample][elements of the input], at least one sample; a few hundred are plenty.
template <class Net>
Error observe(const FloatModel& model, const Normalization& normalization, MatrixView<const InputElement<Net>> samples,
              Observations& result) {
    if (samples.rows == 0) return error("calibration needs at least one sample input", "samples");
    if (samples.columns != Net::input_shape.elements())
        return error("a sample input has another number of elements than the network's Input", "samples",
                     static_cast<Int64>(Net::input_shape.elements()), static_cast<Int64>(samples.columns));
    if (const Error e = check_normalization<Net>(normalization)) return e;
    if constexpr (std::is_same_v<InputElement<Net>, float>)
        for (Size row = 0; row < samples.rows; ++row)
            for (const float element : samples[row])
                if (!std::isfinite(element)) return error("a sample input holds NaN or infinity", "samples");
    if (const Error e = Folder<FullPrecision<Net>>(model).fold(result.steps)) return e;
    result.normalization = normalization;
    result.sample_count = samples.rows;
    const Size bytes = samples.columns * sizeof(InputElement<Net>);
    result.inputs.resize(samples.rows * bytes);
    for (Size row = 0; row < samples.rows; ++row) std::memcpy(result.inputs.data() + row * bytes, samples[row].data, bytes);
    return Observer<Net>(result).run();
}

}}  // namespace aquatint::v0
