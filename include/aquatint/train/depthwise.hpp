// SPDX-License-Identifier: BSL-1.0
// Depthwise products in training: a lane is a channel, which sees itself only.
#pragma once

#include <aquatint/train/lanes.hpp>
#include <aquatint/train/product.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Packed weights are [tap][channel].
class DepthwisePass final : public ProductPass {
public:
    DepthwisePass(const Product& product, Shape input, Shape output)
        : geometry(product.geometry), in{input, most(geometry.padding_height, geometry.padding_width)}, out{output, 0} {}

    const Extent& input_extent() const override { return in; }
    const Extent& output_gradient_extent() const override { return out; }
    Size packed_floats() const override { return taps() * channels(); }
    Size gradient_packed_floats() const override { return packed_floats(); }
    void pack(const float* weights, float* packed) const override {
        for (Size channel = 0; channel < channels(); ++channel)
            for (Size tap = 0; tap < taps(); ++tap) packed[tap * channels() + channel] = weights[channel * taps() + tap];
    }
    void pack_for_gradient(const float* weights, float* packed) const override { pack(weights, packed); }
    void unpack(const float* packed, float* weights) const override {
        for (Size channel = 0; channel < channels(); ++channel)
            for (Size tap = 0; tap < taps(); ++tap) weights[channel * taps() + tap] = packed[tap * channels() + channel];
    }

    void sums(const float* packed, Samples<const float> inputs, Samples<float> outputs) const override {
        for_each_pixel(inputs.count, [&](Size sample, Size row, Size column) {
            float* to = outputs[sample] + out.at(row, column);
            std::memset(to, 0, channels() * sizeof(float));
            for_each_tap([&](Size tap, Size ky, Size kx) {
                const float* from = inputs[sample] + place(row, column, ky, kx);
                multiply_add(from, packed + tap * channels(), to);
            });
        });
    }
    void input_gradient(const float* packed, Samples<const float> output_gradients,
                        Samples<float> input_gradients) const override {
        for (Size sample = 0; sample < output_gradients.count; ++sample)
            std::memset(input_gradients[sample], 0, in.shape.elements() * sizeof(float));
        for_each_pixel(output_gradients.count, [&](Size sample, Size row, Size column) {
            const float* from = output_gradients[sample] + out.at(row, column);
            for_each_tap([&](Size tap, Size ky, Size kx) {
                const Size y = row * geometry.stride + ky * geometry.dilation,
                           x = column * geometry.stride + kx * geometry.dilation;
                if (y < geometry.padding_height || y - geometry.padding_height >= in.shape.height) return;
                if (x < geometry.padding_width || x - geometry.padding_width >= in.shape.width) return;
                const Size pixel = (y - geometry.padding_height) * in.shape.width + x - geometry.padding_width;
                multiply_add(from, packed + tap * channels(), input_gradients[sample] + pixel * channels());
            });
        });
    }
    void weight_gradient(Samples<const float> inputs, Samples<const float> output_gradients, float* sums) const override {
        for_each_pixel(inputs.count, [&](Size sample, Size row, Size column) {
            const float* gradient = output_gradients[sample] + out.at(row, column);
            for_each_tap([&](Size tap, Size ky, Size kx) {
                multiply_add(inputs[sample] + place(row, column, ky, kx), gradient, sums + tap * channels());
            });
        });
    }

private:
    Geometry geometry;
    Extent in, out;

    Size channels() const { return in.shape.channels; }
    Size taps() const { return geometry.kernel_height * geometry.kernel_width; }
    Size place(Size row, Size column, Size ky, Size kx) const {
        return (row * geometry.stride + ky * geometry.dilation + in.halo - geometry.padding_height) * in.pitch() +
               (column * geometry.stride + kx * geometry.dilation + in.halo - geometry.padding_width) * channels();
    }
    void multiply_add(const float* a, const float* b, float* to) const {
        by_lanes(channels(), [&]<class Numbers>(Size c) {
            store(to + c, load<Numbers>(a + c) * load<Numbers>(b + c) + load<Numbers>(to + c));
        });
    }
    template <class Action>
    void for_each_pixel(Size samples, Action&& action) const {
        for (Size sample = 0; sample < samples; ++sample)
            for (Size row = 0; row < out.shape.height; ++row)
                for (Size column = 0; column < out.shape.width; ++column) action(sample, row, column);
    }
    template <class Action>
    void for_each_tap(Action&& action) const {
        for (Size ky = 0; ky < geometry.kernel_height; ++ky)
            for (Size kx = 0; kx < geometry.kernel_width; ++kx) action(ky * geometry.kernel_width + kx, ky, kx);
    }
};

}}}  // namespace aquatint::train
