// SPDX-License-Identifier: BSL-1.0
// Rows of networks of one layer, with made-up weights and input.
#pragma once

#include "row_of.hpp"

#include <random>

namespace bench {

/// `known_as` is the name by which others may know the network.
template <class Net>
Row single_layer_row(const char* known_as, const char* ceiling, Size weights) {
    const auto work = std::make_shared<NetworkWork>();
    work->name = known_as;
    std::mt19937 random;
    std::normal_distribution<float> weight;
    const auto model = std::make_shared<FloatModel>();
    model->layers.resize(1);
    for (Size i = 0; i < weights; ++i) model->layers[0].weight.push_back(weight(random));
    work->model = model;
    constexpr unsigned codes = Net::InputNumbers::codes;
    for (Size i = 0; i < Net::input_shape.elements(); ++i) work->picture.push_back(static_cast<Byte>(random() % codes));
    Observations seen;
    require(observe<Net>(*model, {}, {work->picture.data(), 1, work->picture.size()}, seen));
    work->outputs = seen.outputs;
    return network_row<Net>(work, ceiling, [&](auto& parameters) { return calibrate(seen, parameters); });
}

}  // namespace bench
