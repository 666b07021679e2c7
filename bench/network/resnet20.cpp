// SPDX-License-Identifier: BSL-1.0
#include "resnet20.hpp"

#include "../../examples/cifar10/resnet20.hpp"
#include "../harness/require.hpp"

#include <cmath>
#include <random>

namespace bench {

namespace {

constexpr Size picture_side = 32, picture_bytes = picture_side * picture_side * 3, sample_count = 8;

class Maker {
public:
    /// Keeps the size of what flows through a ReLU.
    FloatLayer product(Size outputs, Size inputs) {
        FloatLayer layer;
        std::normal_distribution<float> weight(0, std::sqrt(2.0f / static_cast<float>(inputs)));
        for (Size i = 0; i < outputs * inputs; ++i) layer.weight.push_back(weight(random));
        return layer;
    }
    FloatLayer normalization(Size channels, float gamma) {
        FloatLayer layer;
        layer.gamma.assign(channels, gamma);
        layer.variance.assign(channels, 1);
        layer.mean.assign(channels, 0);
        std::normal_distribution<float> shift(0, 0.1f);
        for (Size i = 0; i < channels; ++i) layer.beta.push_back(shift(random));
        return layer;
    }
    FloatLayer slopes(Size channels) {
        FloatLayer layer;
        layer.positive.assign(channels, 1);
        layer.negative.assign(channels, 0.25f);
        return layer;
    }

private:
    std::mt19937 random;
};

/// `action(channels, inputs, whether it is the second one of its block)`.
template <class Action>
void for_each_convolution(Action action) {
    Size inputs = 16;
    for (const Size channels : {Size(16), Size(32), Size(64)})
        for (int convolution = 0; convolution < 6; ++convolution) {
            action(channels, inputs, convolution % 2 == 1);
            inputs = channels;
        }
}

FloatModel make_model() {
    Maker make;
    FloatModel model;
    model.layers = {make.product(16, 27), make.normalization(16, 1)};
    for_each_convolution([&](Size channels, Size inputs, bool second) {
        model.layers.push_back(make.product(channels, inputs * 9));
        model.layers.push_back(make.normalization(channels, second ? 0.5f : 1));   // sums grow slowly
    });
    model.layers.push_back(make.product(10, 64));
    return model;
}

/// Waves, so that neighbouring pixels have something in common.
std::vector<Byte> make_pictures() {
    std::vector<Byte> pixels;
    for (Size picture = 0; picture < sample_count; ++picture)
        for (Size at = 0; at < picture_bytes; ++at) {
            const double y = static_cast<double>(at / 3 / picture_side), x = static_cast<double>(at / 3 % picture_side);
            const double phase = static_cast<double>(picture + at % 3);
            const double waves = std::sin(0.7 * x + phase) + std::cos(0.4 * y + 0.2 * x * phase);
            pixels.push_back(static_cast<Byte>(127.5 + 63 * waves));
        }
    return pixels;
}

}  // namespace

const ResNet20Source& resnet20_source() {
    static ResNet20Source source;
    if (source.work) return source;
    const auto model = std::make_shared<const FloatModel>(make_model());
    const std::vector<Byte> pixels = make_pictures();
    using Net = cifar10::ResNet20<Precision<Uniform<8>, Uniform<8>>>;
    require(observe<Net>(*model, {}, {pixels.data(), sample_count, picture_bytes}, source.observations));
    const auto work = std::make_shared<NetworkWork>();
    work->name = "resnet20";
    work->model = model;
    work->picture.assign(pixels.begin(), pixels.begin() + picture_bytes);
    work->outputs.assign(source.observations.outputs.begin(), source.observations.outputs.begin() + 10);
    source.work = work;
    return source;
}

const FloatModel& binary_resnet20_model() {
    static const FloatModel model = [] {
        Maker make;
        FloatModel made;
        made.layers = {make.product(16, 27), make.normalization(16, 1), make.slopes(16)};
        for_each_convolution([&](Size channels, Size inputs, bool) {
            FloatLayer convolution = make.product(channels, inputs * 9);
            convolution.activation_known = true;
            convolution.activation_scale = 0.8f;
            convolution.activation_middle = 0.1f;
            made.layers.push_back(convolution);
            made.layers.push_back(make.normalization(channels, 0.5f));
            made.layers.push_back(make.slopes(channels));
        });
        made.layers.push_back(make.normalization(64, 1));
        made.layers.push_back(make.product(10, 64));
        return made;
    }();
    return model;
}

}  // namespace bench
