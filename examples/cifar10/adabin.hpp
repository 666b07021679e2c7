// SPDX-License-Identifier: BSL-1.0
// Reads the trained parameters of the binary ResNet-20, as AdaBin's authors published them.
#pragma once

#include "binary_resnet20.hpp"

#include <aquatint/calibrate.hpp>
#include <aquatint/interop/read_model.hpp>

namespace cifar10 {

/// Reads the published file (huawei-noah/Efficient-Computing, BinaryNetworks/AdaBin, as safetensors). Its binary layers say how
/// they read their input: alpha * (sign(x - beta) + beta).
class AdaBinReader {
public:
    explicit AdaBinReader(const Safetensors& source) : file(source) {}

    Error read(FloatModel& model) {
        model.layers.clear();
        convolution(model, "conv1", false);
        normalization(model, "bn1");
        slopes(model, "nonlinear1");
        for (const char* stage : {"layer1.", "layer2.", "layer3."})
            for (const char* block : {"0.", "1.", "2."})
                for (const char* half : {"1", "2"}) {
                    const std::string prefix = std::string(stage) + block;
                    convolution(model, prefix + "conv" + half, true);
                    normalization(model, prefix + "bn" + half);
                    slopes(model, prefix + "nonlinear" + half);
                }
        normalization(model, "bn2");
        FloatLayer& linear = model.layers.emplace_back();
        tensor("linear.weight", linear.weight);
        tensor("linear.bias", linear.bias);
        return problem;
    }

private:
    const Safetensors& file;
    Error problem;

    void tensor(const std::string& name, std::vector<float>& values) {
        if (!problem) problem = read_tensor(file, name, values);
    }
    void number(const std::string& name, float& value) {
        std::vector<float> values;
        tensor(name, values);
        if (!problem && values.size() != 1)
            problem = error("a single number was expected", name.c_str(), 1, static_cast<Int64>(values.size()));
        if (!problem) value = values[0];
    }
    void convolution(FloatModel& model, const std::string& prefix, bool binary) {
        FloatLayer& layer = model.layers.emplace_back();
        tensor(prefix + ".weight", layer.weight);
        layer.activation_known = binary;
        if (!binary) return;
        number(prefix + ".binary_a.alpha_a", layer.activation_scale);
        number(prefix + ".binary_a.beta_a", layer.activation_middle);
        if (!problem && !(layer.activation_scale > 0))
            problem = error("a binary layer reads its input with a positive alpha", (prefix + ".binary_a.alpha_a").c_str());
    }
    void normalization(FloatModel& model, const std::string& prefix) {
        FloatLayer& layer = model.layers.emplace_back();
        tensor(prefix + ".weight", layer.gamma);
        tensor(prefix + ".bias", layer.beta);
        tensor(prefix + ".running_mean", layer.mean);
        tensor(prefix + ".running_var", layer.variance);
    }
    void slopes(FloatModel& model, const std::string& prefix) {
        FloatLayer& layer = model.layers.emplace_back();
        tensor(prefix + ".pos_scale", layer.positive);
        tensor(prefix + ".neg_scale", layer.negative);
    }
};

}  // namespace cifar10
