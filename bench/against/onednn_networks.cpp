// SPDX-License-Identifier: BSL-1.0
// ResNet-20 and a depthwise layer by oneDNN's int8 convolutions: weights by output channel, activations by tensor, the sum and
// the ReLU at the end of a block done by the convolution before them. What is not a convolution is a loop here: that is little.
#include "../network/work.hpp"
#include "enter.hpp"
#include "onednn.hpp"

#include <cmath>

namespace bench { namespace {

using namespace onednn;

struct Image {
    Size side, channels;
    std::vector<float> numbers;   ///< [y][x][channels]

    float most() const { return *std::max_element(numbers.begin(), numbers.end()); }
};

/// A 3x3 convolution with its BatchNorm folded in.
struct Folded {
    Size outputs, inputs;        ///< inputs: 1 where every channel has a kernel of its own
    std::vector<float> weight;   ///< [outputs][inputs][ky][kx]
    std::vector<float> bias;

    Folded(const FloatLayer& layer, const FloatLayer* normalization, Size channels)
        : outputs(layer.weight.size() / (channels * 9)), inputs(channels), weight(layer.weight), bias(outputs) {
        if (normalization == nullptr) return;
        for (Size output = 0; output < outputs; ++output) {
            const float scale =
                normalization->gamma[output] / std::sqrt(normalization->variance[output] + normalization->epsilon);
            for (Size i = 0; i < inputs * 9; ++i) weight[output * inputs * 9 + i] *= scale;
            bias[output] = normalization->beta[output] - normalization->mean[output] * scale;
        }
    }
    /// In plain loops, for the ranges.
    Image operator()(const Image& in, Size stride) const {
        Image out{in.side / stride, outputs, {}};
        for (Size y = 0; y < out.side; ++y)
            for (Size x = 0; x < out.side; ++x)
                for (Size output = 0; output < outputs; ++output) {
                    float sum = bias[output];
                    for (Size ky = 0; ky < 3; ++ky)
                        for (Size kx = 0; kx < 3; ++kx) {
                            const Size iy = y * stride + ky, ix = x * stride + kx;   // one too large
                            if (iy == 0 || ix == 0 || iy > in.side || ix > in.side) continue;
                            const float* pixel = &in.numbers[((iy - 1) * in.side + ix - 1) * in.channels];
                            for (Size c = 0; c < inputs; ++c)
                                sum += pixel[inputs == 1 ? output : c] * weight[(output * inputs + c) * 9 + ky * 3 + kx];
                        }
                    out.numbers.push_back(sum);
                }
        return out;
    }
};

void relu(Image& image) {
    for (float& number : image.numbers) number = std::max(number, 0.0f);
}

/// Bytes in memory, and what one of their steps means.
struct Tensor {
    dnnl::memory memory;
    Size side, channels;
    float scale;

    Tensor(Size of_side, Size of_channels, float of_scale, Type type = Type::u8)
        : memory(Desc({1, signed_size(of_channels), signed_size(of_side), signed_size(of_side)}, type, Tag::nhwc), engine()),
          side(of_side), channels(of_channels), scale(of_scale) {}
    Byte* bytes() const { return static_cast<Byte*>(memory.get_data_handle()); }
};

/// Every second pixel, new channels zero, half of them on either side (the shortcut of He et al., option A).
struct Subsampling {
    void operator()(const Image& in, Image& out) const { copy(in.numbers.data(), in.side, in.channels, out.numbers.data()); }
    void operator()(const Tensor& in, const Tensor& out) const { copy(in.bytes(), in.side, in.channels, out.bytes()); }

private:
    template <class Number>
    static void copy(const Number* in, Size side, Size channels, Number* out) {
        std::fill_n(out, side / 2 * (side / 2) * channels * 2, Number(0));
        for (Size y = 0; y < side / 2; ++y)
            for (Size x = 0; x < side / 2; ++x)
                std::copy_n(in + (2 * y * side + 2 * x) * channels, channels,
                            out + (y * side / 2 + x) * 2 * channels + channels / 2);
    }
};

/// Steps that run one after the other.
class Steps {
public:
    /// What `to` holds before, in steps of `held` if that is not 0, is added.
    void convolve(const Tensor& from, const Folded& layer, Size stride, const Tensor& to, float held, Type type = Type::u8) {
        const bool depthwise = layer.inputs == 1;
        const auto outputs = signed_size(layer.outputs), inputs = signed_size(layer.inputs), step = signed_size(stride);
        const dnnl::memory::dims dims =
            depthwise ? dnnl::memory::dims{outputs, 1, 1, 3, 3} : dnnl::memory::dims{outputs, inputs, 3, 3};
        std::vector<float> scales(layer.outputs);
        dnnl::memory weights(Desc(dims, Type::s8, depthwise ? Tag::goihw : Tag::oihw), engine());
        dnnl::memory bias(Desc({outputs}, Type::s32, Tag::x), engine());
        for (Size o = 0; o < layer.outputs; ++o) {
            const float* const row = &layer.weight[o * layer.inputs * 9];
            float most = 1e-6f;
            for (Size i = 0; i < layer.inputs * 9; ++i) most = std::max(most, std::abs(row[i]));
            const float unit = most / 127;
            for (Size i = 0; i < layer.inputs * 9; ++i)
                static_cast<Int8*>(weights.get_data_handle())[o * layer.inputs * 9 + i] =
                    static_cast<Int8>(std::lround(row[i] / unit));
            static_cast<Int32*>(bias.get_data_handle())[o] = static_cast<Int32>(std::lround(layer.bias[o] / (unit * from.scale)));
            scales[o] = unit * from.scale / to.scale;
        }
        dnnl::primitive_attr attributes;
        attributes.set_output_scales(2, scales);   // one for each output
        dnnl::post_ops after;
        if (held != 0) after.append_sum(held / to.scale);
        after.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        attributes.set_post_ops(after);
        // Behind a stride of two the padding below and on the right is not needed.
        const auto padding = stride == 2 ? 0 : 1;
        const Desc image({1, signed_size(to.channels), signed_size(to.side), signed_size(to.side)}, type, Tag::nhwc);
        const dnnl::convolution_forward::desc operation(dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
                                                        from.memory.get_desc(), Desc(dims, Type::s8, Tag::any), bias.get_desc(),
                                                        image, {step, step}, {1, 1}, {padding, padding});
        const dnnl::convolution_forward::primitive_desc chosen(operation, attributes, engine());
        const dnnl::memory packed = reordered(weights, chosen.weights_desc());
        const dnnl::convolution_forward primitive(chosen);
        const std::unordered_map<int, dnnl::memory> arguments{
            {DNNL_ARG_SRC, from.memory}, {DNNL_ARG_WEIGHTS, packed}, {DNNL_ARG_BIAS, bias}, {DNNL_ARG_DST, to.memory}};
        then([primitive, arguments] { primitive.execute(stream(), arguments); });
    }
    void then(std::function<void()> step) { steps.push_back(std::move(step)); }
    void run() const {
        for (const auto& step : steps) step();
    }

private:
    std::vector<std::function<void()>> steps;
};

class ResNet20 {
public:
    explicit ResNet20(const std::shared_ptr<const NetworkWork>& given) : work(given), next(given->model->layers.data()) {
        Tensor picture(32, 3, 1 / 255.0f);
        std::copy(work->picture.begin(), work->picture.end(), picture.bytes());
        Image real{32, 3, {}};
        for (const Byte pixel : work->picture) real.numbers.push_back(static_cast<float>(pixel) / 255);
        Image image = with_relu(real, convolution(3), 1);
        Tensor tensor(32, 16, image.most() / 255);
        steps.convolve(picture, last(), 1, tensor, 0);
        for (const Size channels : {Size(16), Size(32), Size(64)})
            for (int block = 0; block < 3; ++block) add_block(image, tensor, channels, channels == image.channels ? 1 : 2);
        add_end(tensor, *next);
    }
    void run() { steps.run(); }
    Verdict check() const { return work->check(outputs); }

private:
    std::shared_ptr<const NetworkWork> work;
    const FloatLayer* next;
    std::vector<Folded> layers;
    Steps steps;
    float outputs[10]{};

    const Folded& convolution(Size channels) {
        layers.emplace_back(next[0], &next[1], channels);
        next += 2;
        return layers.back();
    }
    const Folded& last() const { return layers.back(); }
    static Image with_relu(const Image& in, const Folded& layer, Size stride) {
        Image out = layer(in, stride);
        relu(out);
        return out;
    }
    void add_block(Image& image, Tensor& tensor, Size channels, Size stride) {
        const Image inner = with_relu(image, convolution(image.channels), stride);
        const Tensor middle(inner.side, channels, inner.most() / 255);
        steps.convolve(tensor, last(), stride, middle, 0);
        Image sum = convolution(channels)(inner, 1), shortcut = image;
        if (stride == 2) {
            shortcut = Image{sum.side, channels, std::vector<float>(sum.numbers.size())};
            Subsampling{}(image, shortcut);
        }
        for (Size i = 0; i < sum.numbers.size(); ++i) sum.numbers[i] += shortcut.numbers[i];
        relu(sum);
        add_sum(tensor, middle, sum, stride);
        image = sum;
    }
    /// In the memory of the shortcut, in steps of its own.
    void add_sum(Tensor& tensor, const Tensor& middle, const Image& sum, Size stride) {
        if (stride == 2) {
            const Tensor from = tensor, to(sum.side, sum.channels, tensor.scale);
            steps.then([from, to] { Subsampling{}(from, to); });
            tensor = to;
        }
        const float held = tensor.scale;
        tensor.scale = sum.most() / 255;
        steps.convolve(middle, last(), 1, tensor, held);
    }
    void add_end(const Tensor& tensor, const FloatLayer& dense) {
        const float unit = tensor.scale / static_cast<float>(tensor.side * tensor.side);
        steps.then([this, tensor, unit, &dense] {
            Int32 sums[64]{};
            const Byte* pixel = tensor.bytes();
            for (Size i = 0; i < tensor.side * tensor.side; ++i, pixel += 64)
                for (Size c = 0; c < 64; ++c) sums[c] += pixel[c];
            for (Size output = 0; output < 10; ++output) {
                float sum = 0;
                for (Size c = 0; c < 64; ++c) sum += dense.weight[output * 64 + c] * static_cast<float>(sums[c]);
                outputs[output] = sum * unit;
            }
        });
    }
};

/// Inputs as the picture gives them, results as floats.
class DepthwiseLayer {
public:
    explicit DepthwiseLayer(const std::shared_ptr<const NetworkWork>& given) : work(given), target(32, 64, 1, Type::f32) {
        const Tensor picture(32, 64, 1 / 255.0f);
        std::copy(work->picture.begin(), work->picture.end(), picture.bytes());
        steps.convolve(picture, Folded(work->model->layers[0], nullptr, 1), 1, target, 0, Type::f32);
    }
    void run() { steps.run(); }
    Verdict check() const { return work->check(static_cast<const float*>(target.memory.get_data_handle())); }

private:
    std::shared_ptr<const NetworkWork> work;
    Tensor target;
    Steps steps;
};

void join(const std::shared_ptr<const NetworkWork>& work, std::vector<Contestant>& contestants) {
    if (work->name == "resnet20") enter(contestants, "onednn int8", Role::peer, std::make_shared<ResNet20>(work), false);
    if (work->name == "depthwise") enter(contestants, "onednn int8", Role::peer, std::make_shared<DepthwiseLayer>(work), false);
}

const bool joined = enlist({"onednn", join});

}}   // namespace bench
