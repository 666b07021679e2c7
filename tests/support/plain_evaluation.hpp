// SPDX-License-Identifier: BSL-1.0
// The second opinion on infer: a network in plain loops over unpacked weights. It shares with infer the graph's values (which
// step reads what), CellOrder::load and the policies; no kernel, no epilogue, no plan, no arena, no ring in memory.
#pragma once

#include <aquatint/network/infer.hpp>

#include <cmath>
#include <functional>
#include <stdexcept>
#include <vector>

namespace plain {

using namespace aquatint;

/// Products that no compiler may join to a sum behind them.
inline float times(float a, float b) {
    const volatile float product = a * b;
    return product;
}

/// A tensor in one of its forms, without ring; codes are kept as numbers.
struct Tensor {
    std::vector<float> elements;
};

/// What the elements of a form mean, and how a number becomes one.
struct FormModel {
    Form form;
    float scale = 1;
    float zero = 0;
    float highest = 255;
    float offset = 0;                      ///< of a code inside the image: scale * (code - zero) + offset
    std::vector<float> ring;               ///< what lies outside of the image, by channel of the value
    std::function<float(float)> nearest;   ///< the element of the nearest level
    bool linear() const { return form.codes && form.linear; }
};

/// A step and its parameters, unpacked: weights [output][ky][kx][channel of the group].
struct StepModel {
    Step step;
    std::vector<Int64> integers;
    std::vector<float> reals;
    std::vector<float> weight_scale, weight_offset;
    std::vector<float> bias, affine_scale, affine_offset, positive_slope, negative_slope;
    unsigned shift = 0;
};

struct Model {
    std::vector<StepModel> steps;
    std::vector<FormModel> forms;
    std::vector<Value> values;
    std::vector<float> input_scale, input_zero;   ///< by channel; empty where the input is Real
    int result = nothing, output = nothing;
};

/// Weight (output, ky, kx, channel) as the documented order of the packed weights places it.
struct WeightPlace {
    Size part = 0, output = 0, segment = 0, input = 0;
};
struct WeightOrder {
    Geometry window;
    Size channels, outputs;

    bool depthwise() const { return window.groups > 1 && window.groups == channels && channels == outputs; }
    bool rows_adjacent() const { return window.groups == 1 && window.dilation == 1; }
    Size taps() const { return window.kernel_height * window.kernel_width; }
    Size parts() const { return depthwise() ? 1 : window.groups; }
    Segments segments() const {
        if (depthwise()) return {1, taps()};
        if (rows_adjacent()) return {window.kernel_height, window.kernel_width * channels};
        return {taps(), channels / window.groups};
    }
    WeightPlace place(Size output, Size ky, Size kx, Size channel) const {
        const Size tap = ky * window.kernel_width + kx, part_outputs = outputs / parts();
        if (depthwise()) return {0, output, 0, tap};
        if (rows_adjacent()) return {0, output, ky, kx * channels + channel};
        return {output / part_outputs, output % part_outputs, tap, channel};
    }
};

template <class Net, int Index>
void unpack_weights(const Parameters<Net>& parameters, StepModel& model) {
    constexpr Step step = Net::graph.steps[Index];
    using Weight = typename AtomOf<Net, step.atom>::Numbers::Weight;
    const auto& own = step_of<Index>(parameters);
    const Geometry& g = step.product.geometry;
    const Size channels = Net::graph.values[step.input()].shape.channels, outputs = step.product.outputs;
    const WeightOrder order{g, channels, outputs};
    const Size part_outputs = outputs / order.parts(), inputs = order.segments().inputs();
    for (Size o = 0; o < outputs; ++o) {
        for (Size ky = 0; ky < g.kernel_height; ++ky)
            for (Size kx = 0; kx < g.kernel_width; ++kx)
                for (Size c = 0; c < channels / g.groups; ++c) {
                    const WeightPlace at = order.place(o, ky, kx, c);
                    if constexpr (std::is_same_v<Weight, Real>) {
                        const Size panels = (part_outputs + 15) / 16, input = at.segment * order.segments().run + at.input;
                        model.reals.push_back(
                            own.weights[((at.part * panels + at.output / 16) * inputs + input) * 16 + at.output % 16]);
                    } else {
                        const CellOrder cells{Weight::bits, part_outputs, order.segments()};
                        const unsigned code = cells.load(own.weights + at.part * cells.bytes(), at.output, at.segment, at.input);
                        const auto& levels = own.levels[o];
                        model.reals.push_back(Weight::decode(code, levels));
                        if constexpr (Integral<Weight> || SignReading<Weight>)
                            model.integers.push_back(Terms<Weight>::integer(code, levels));
                    }
                }
        if constexpr (Integral<Weight> || SignReading<Weight>) model.weight_scale.push_back(own.levels[o].scale);
        model.weight_offset.push_back(0.0f);
        if constexpr (SignReading<Weight>) model.weight_offset[o] = own.levels[o].offset;
    }
    model.bias.assign(own.bias, own.bias + outputs);
    if constexpr (StepParameters<Net, Index>::integer) model.shift = shift_of<Net, Index>;
}

template <class Net, int Index>
StepModel unpack_step(const Parameters<Net>& parameters) {
    constexpr Step step = Net::graph.steps[Index];
    StepModel model;
    model.step = step;
    const auto& own = step_of<Index>(parameters);
    const Size channels = Net::graph.values[step.output].shape.channels;
    if constexpr (step.work == Work::product) unpack_weights<Net, Index>(parameters, model);
    if constexpr (step.work == Work::pointwise && step.pointwise.affine) {
        model.affine_scale.assign(own.affine_scale, own.affine_scale + channels);
        model.affine_offset.assign(own.affine_offset, own.affine_offset + channels);
    }
    model.positive_slope.assign(channels, 1.0f);
    model.negative_slope.assign(channels, step.pointwise.fixed_negative_slope);
    if constexpr (step.pointwise.positive_slope) model.positive_slope.assign(own.positive_slopes, own.positive_slopes + channels);
    if constexpr (step.pointwise.negative_slope) model.negative_slope.assign(own.negative_slopes, own.negative_slopes + channels);
    return model;
}

template <class Net, int Index>
FormModel unpack_form(const Parameters<Net>& parameters) {
    constexpr auto form = Net::graph.forms[Index];
    FormModel model;
    model.form = form;
    const Size channels = Net::graph.values[form.value].shape.channels;
    model.ring.assign(channels, 0.0f);
    if constexpr (form.atom == nothing) {
        model.nearest = [](float value) { return value; };
    } else {
        using Reader = FormPolicy<Net, Index>;
        const auto levels = levels_of<Index>(parameters);
        if constexpr (form.codes) {
            model.scale = levels.scale;
            model.zero = static_cast<float>(ByteLevels<Reader>::zero(levels));
            model.highest = static_cast<float>(ByteLevels<Reader>::highest_byte);
            if constexpr (SignReading<Reader>) model.offset = levels.offset;
            model.nearest = [levels](float value) {
                return static_cast<float>(ByteLevels<Reader>::byte(Reader::encode(value, levels), levels));
            };
            model.ring.assign(channels, model.zero);
        } else {
            model.nearest = [levels](float value) { return Reader::decode(Reader::encode(value, levels), levels); };
        }
    }
    return model;
}

template <class Net>
Model unpack(const Parameters<Net>& parameters) {
    Model model;
    for_each_index(StepIndices<Net>{},
                   [&]<Size Index>() { model.steps.push_back(unpack_step<Net, static_cast<int>(Index)>(parameters)); });
    for_each_index(FormIndices<Net>{},
                   [&]<Size Index>() { model.forms.push_back(unpack_form<Net, static_cast<int>(Index)>(parameters)); });
    model.values.assign(Net::graph.values, Net::graph.values + Net::graph.value_count);
    model.output = Net::graph.output;
    model.result = Net::graph.result;
    if constexpr (!std::is_same_v<typename Net::InputNumbers, Real>) {
        const auto& own = step_of<0>(parameters);
        const Size channels = Net::input_shape.channels;
        model.input_scale.assign(own.scale, own.scale + channels);
        model.input_zero.assign(own.zero, own.zero + channels);
        for (FormModel& form : model.forms)
            if (form.form.raw)
                for (Size c = 0; c < channels; ++c)
                    form.ring[c] = std::nearbyint(std::fmin(
                        std::fmax(own.zero[c], 0.0f), static_cast<float>(ByteLevels<typename Net::InputNumbers>::highest_byte)));
    }
    return model;
}

/// What a step computes for one output element: an integer of a known unit, or a number.
struct Sum {
    bool integer = false;
    Int64 units = 0;
    float unit = 1;
    float number = 0;
};

/// Sums of products where weights are a * digit + b and inputs inside the image scale * steps + offset.
struct OffsetSums {
    Int64 products = 0, steps = 0, digits_inside = 0, count_inside = 0;

    void add(Int64 digit, Int64 step, bool inside) {
        products += digit * step;
        steps += step;
        digits_inside += inside ? digit : 0;
        count_inside += inside ? 1 : 0;
    }
    float total(float a, float b, float scale, float offset, float bias) const {
        const float weights_inside =
            std::fma(b, static_cast<float>(count_inside), std::fma(a, static_cast<float>(digits_inside), 0.0f));
        const float constant = std::fma(offset, weights_inside, bias);
        return std::fma(static_cast<float>(products), times(a, scale),
                        std::fma(static_cast<float>(steps), times(b, scale), constant));
    }
};

class Evaluation {
public:
    explicit Evaluation(const Model& network) : model(network), tensors(network.forms.size()) {}

    template <class Element>
    std::vector<float> run(const Element* input) {
        enter(input);
        for (const StepModel& step : model.steps) run(step);
        return tensors[index(model.result)].elements;
    }
    /// A form as it lies in memory, with its ring.
    std::vector<float> with_ring(Size form) const {
        const Extent extent{shape(model.forms[form].form.value), model.forms[form].form.halo};
        std::vector<float> elements;
        const Int64 halo = static_cast<Int64>(extent.halo);
        for (Int64 y = -halo; y < static_cast<Int64>(extent.shape.height) + halo; ++y)
            for (Int64 x = -halo; x < static_cast<Int64>(extent.shape.width) + halo; ++x)
                for (Size c = 0; c < extent.shape.channels; ++c)
                    elements.push_back(element(static_cast<int>(form), model.forms[form].form.value, y, x, c));
        return elements;
    }
    /// Whether the elements of a form differ after a run: else what flowed through it tells nothing.
    bool lively(Size form) const {
        const std::vector<float>& elements = tensors[form].elements;
        return elements.size() < 2 || elements != std::vector<float>(elements.size(), elements[0]);
    }

private:
    const Model& model;
    std::vector<Tensor> tensors;

    static Size index(int i) { return static_cast<Size>(i); }
    const Shape& shape(int value) const { return model.values[index(value)].shape; }
    int root(int value) const { return model.values[index(value)].root; }

    bool inside(int value, Int64 y, Int64 x) const {
        return y >= 0 && x >= 0 && y < static_cast<Int64>(shape(value).height) && x < static_cast<Int64>(shape(value).width);
    }
    /// An element of a form as the reader of `value` sees it, its ring included.
    float element(int form, int value, Int64 y, Int64 x, Size c) const {
        const Shape& s = shape(value);
        if (!inside(value, y, x)) return model.forms[index(form)].ring[c];
        return tensors[index(form)].elements[(static_cast<Size>(y) * s.width + static_cast<Size>(x)) * s.channels + c];
    }
    /// The form with these numbers in which a value is read.
    int source(int value, const Form& wanted) const {
        for (Size i = 0; i < model.forms.size(); ++i) {
            const Form& form = model.forms[i].form;
            if (form.value == root(value) && form.policy == wanted.policy && form.codes == wanted.codes && !form.raw &&
                form.flat == (root(value) != value))
                return static_cast<int>(i);
        }
        throw std::logic_error("a form is missing");
    }

    template <class Element>
    void enter(const Element* input) {
        const Size channels = shape(0).channels;
        for (Size f = 0; f < model.forms.size(); ++f) {
            const FormModel& form = model.forms[f];
            if (form.form.value != 0) continue;
            for (Size i = 0; i < shape(0).elements(); ++i) {
                float value = static_cast<float>(input[i]);
                if (form.form.raw) {
                    tensors[f].elements.push_back(std::fmin(value, form.highest));
                    continue;
                }
                if (!model.input_scale.empty())
                    value = times(value - model.input_zero[i % channels], model.input_scale[i % channels]);
                tensors[f].elements.push_back(form.nearest(value));
            }
        }
    }
    void run(const StepModel& step) {
        switch (step.step.work) {
        case Work::entry: return;
        case Work::pooling:
        case Work::concat: return pass_on(step.step);
        case Work::softmax: return softmax(step.step);
        case Work::product:
        case Work::pointwise: break;
        }
        const Shape out = shape(step.step.output);
        for (Size y = 0; y < out.height; ++y)
            for (Size x = 0; x < out.width; ++x)
                for (Size c = 0; c < out.channels; ++c) {
                    Sum sum = step.step.work == Work::product ? product(step, y, x, c) : pointwise(step, y, x, c);
                    add_shortcut(step.step, y, x, c, sum);
                    write(step, c, sum);
                }
    }

    Sum product(const StepModel& model_step, Size y, Size x, Size o) const {
        const Step& step = model_step.step;
        const Geometry& g = step.product.geometry;
        const FormModel& form = model.forms[index(step.input_form)];
        const Size channels = shape(step.input()).channels / g.groups, first = o / (step.product.outputs / g.groups) * channels;
        Size weight = o * g.kernel_height * g.kernel_width * channels;
        Sum sum{form.form.codes, 0, 1, form.form.codes ? 0.0f : model_step.bias[o]};
        OffsetSums offsets;
        for (Size ky = 0; ky < g.kernel_height; ++ky)
            for (Size kx = 0; kx < g.kernel_width; ++kx)
                for (Size c = 0; c < channels; ++c, ++weight) {
                    const Int64 row = static_cast<Int64>(y * g.stride + ky * g.dilation) - static_cast<Int64>(g.padding_height);
                    const Int64 column = static_cast<Int64>(x * g.stride + kx * g.dilation) - static_cast<Int64>(g.padding_width);
                    const float in = element(step.input_form, step.input(), row, column, first + c);
                    if (!sum.integer) {
                        sum.number = std::fma(in, model_step.reals[weight], sum.number);
                        continue;
                    }
                    sum.units += static_cast<Int64>(in) * model_step.integers[weight];
                    offsets.add(model_step.integers[weight], static_cast<Int64>(in - form.zero),
                                inside(step.input(), row, column));
                }
        if (!sum.integer) return sum;
        if (step.offset)
            return {false, 0, 1,
                    offsets.total(model_step.weight_scale[o], model_step.weight_offset[o], form.scale, form.offset,
                                  model_step.bias[o])};
        sum.unit = times(times(model_step.weight_scale[o], form.scale), 1.0f / static_cast<float>(1 << model_step.shift));
        sum.units = sum.units * (1 << model_step.shift) + static_cast<Int64>(model_step.bias[o]);
        if (sum.units >= 1 << 30 || sum.units <= -(1 << 30)) throw std::range_error("an accumulator leaves its range");
        return sum;
    }
    Sum pointwise(const StepModel& model_step, Size y, Size x, Size c) const {
        const Step& step = model_step.step;
        const FormModel& form = model.forms[index(step.input_form)];
        float value = element(step.input_form, step.input(), static_cast<Int64>(y), static_cast<Int64>(x), c);
        if (form.form.codes) value = times(value - form.zero, form.scale);
        if (step.pointwise.affine) value = std::fma(value, model_step.affine_scale[c], model_step.affine_offset[c]);
        return {false, 0, 1, value};
    }
    void add_shortcut(const Step& step, Size y, Size x, Size c, Sum& sum) const {
        if (step.shortcut == nothing) return;
        const FormModel& form = model.forms[index(step.shortcut_form)];
        const bool reached = c >= step.shortcut_channel && c - step.shortcut_channel < shape(step.shortcut).channels;
        const float found = reached ? element(step.shortcut_form, step.shortcut, static_cast<Int64>(y * step.shortcut_stride),
                                              static_cast<Int64>(x * step.shortcut_stride), c - step.shortcut_channel)
                                    : form.zero;
        const float steps = found - form.zero;
        if (sum.integer && form.form.codes) {
            constexpr float limit = 1 << 30;
            sum.units +=
                static_cast<Int64>(std::nearbyint(std::fmax(std::fmin(times(steps, form.scale / sum.unit), limit), -limit)));
            return;
        }
        if (sum.integer) sum = {false, 0, 1, std::fma(static_cast<float>(sum.units), sum.unit, 0.0f)};
        if (form.form.codes) sum.number = std::fma(steps, form.scale, sum.number);
        else sum.number += steps;
    }

    /// Activation, and the element of every form.
    void write(const StepModel& step, Size c, const Sum& sum) {
        const Pointwise& activation = step.step.pointwise;
        const float units = sum.integer ? static_cast<float>(sum.units) : sum.number;
        float number = sum.integer ? std::fma(units, sum.unit, 0.0f) : sum.number;
        const bool negative = sum.unit < 0 ? units > 0 : units < 0;
        const float slope = negative ? step.negative_slope[c] : step.positive_slope[c];
        number = clamp(times(number, slope), activation.low, activation.high);
        for (Size f = 0; f < model.forms.size(); ++f) {
            const FormModel& form = model.forms[f];
            if (form.form.value != step.step.output) continue;
            if (!form.linear()) {
                tensors[f].elements.push_back(form.nearest(number));
                continue;
            }
            const float inverse = 1.0f / form.scale;
            float low = -form.zero, high = form.highest - form.zero;
            if (activation.low > -1e38f) low = std::fmax(low, times(activation.low, inverse));
            if (activation.high < 1e38f) high = std::fmin(high, times(activation.high, inverse));
            const float steps = times(units, times(times(sum.unit, inverse), slope));
            tensors[f].elements.push_back(std::nearbyint(clamp(steps, low, high)) + form.zero);
        }
    }

    void pass_on(const Step& step) {
        for (Size f = 0; f < model.forms.size(); ++f) {
            const FormModel& form = model.forms[f];
            if (form.form.value != step.output) continue;
            const Shape out = shape(step.output);
            for (Size y = 0; y < out.height; ++y)
                for (Size x = 0; x < out.width; ++x) {
                    if (step.work == Work::concat) {
                        for (Size part = 0; part < step.input_count; ++part)
                            for (Size c = 0; c < shape(step.inputs[part]).channels; ++c)
                                tensors[f].elements.push_back(element(source(step.inputs[part], form.form), step.inputs[part],
                                                                      static_cast<Int64>(y), static_cast<Int64>(x), c));
                    } else {
                        for (Size c = 0; c < out.channels; ++c) tensors[f].elements.push_back(pooled(step, form, y, x, c));
                    }
                }
        }
    }
    /// The mean of codes is a code; that of uneven levels is found from the mean of the numbers.
    float pooled(const Step& step, const FormModel& form, Size y, Size x, Size c) const {
        const Geometry& g = step.pooling.geometry;
        const bool uneven = step.pooling.average && !form.linear() && form.form.atom != nothing;
        const int from = source(step.input(), uneven ? Form{.policy = policy_identity<Real>()} : form.form);
        float sum = 0, largest = -INFINITY;
        int count = 0;
        for (Size ky = 0; ky < g.kernel_height; ++ky)
            for (Size kx = 0; kx < g.kernel_width; ++kx) {
                const Int64 row = static_cast<Int64>(y * g.stride + ky) - static_cast<Int64>(g.padding_height);
                const Int64 column = static_cast<Int64>(x * g.stride + kx) - static_cast<Int64>(g.padding_width);
                if (!inside(step.input(), row, column)) continue;
                const float value = element(from, step.input(), row, column, c);
                sum += value;
                largest = std::fmax(largest, value);
                ++count;
            }
        if (!step.pooling.average) return largest;
        const float mean = times(sum, 1.0f / static_cast<float>(count));
        return uneven ? form.nearest(mean) : form.form.codes ? std::nearbyint(mean) : mean;
    }
    void softmax(const Step& step) {
        const Shape& s = shape(step.output);
        const std::vector<float> in = tensors[index(step.input_form)].elements;
        for (Size pixel = 0; pixel < s.pixels(); ++pixel) {
            float largest = -INFINITY, sum = 0;
            std::vector<float> exponentials;
            for (Size c = 0; c < s.channels; ++c) largest = std::fmax(largest, in[pixel * s.channels + c]);
            for (Size c = 0; c < s.channels; ++c) {
                exponentials.push_back(exponential(in[pixel * s.channels + c] - largest));
                sum += exponentials.back();
            }
            for (Size f = 0; f < model.forms.size(); ++f) {
                if (model.forms[f].form.value != step.output) continue;
                for (const float e : exponentials) tensors[f].elements.push_back(model.forms[f].nearest(times(e, 1.0f / sum)));
            }
        }
    }
};

/// The output of the network for one input, by plain loops.
template <class Net>
std::vector<float> evaluate(const Parameters<Net>& parameters, const InputElement<Net>* input) {
    return Evaluation(unpack(parameters)).run(input);
}

}  // namespace plain
