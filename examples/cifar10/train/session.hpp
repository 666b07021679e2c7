// SPDX-License-Identifier: BSL-1.0
// One training from the command line: float weights in, a packed network and its accuracy out.
#pragma once

#include "../dataset.hpp"
#include "options.hpp"

#include <aquatint/calibrate/float_model.hpp>
#include <functional>
#include <memory>

namespace cifar10 {

struct TrainingSet {
    Pictures train, test;        ///< to learn from, and to look at
    FloatModel start, teacher;   ///< weights to begin with; those of the float network, where it teaches
    Normalization normalization;
};

struct TrainedRow {
    std::string name, carry;
    std::size_t correct = 0, images = 0;   ///< of the packed network
    double simulated = 0;                  ///< accuracy of the training's own forward pass
    double loss = 0, training_accuracy = 0;
    double epochs = 0;   ///< done
    double seconds = 0;
    std::size_t stored_bytes = 0;
    std::vector<Byte> file;   ///< the packed network
    FloatModel model;         ///< its weights before they were rounded
};

using Session = TrainedRow (*)(const TrainingOptions&, const TrainingSet&);

/// Defined in sessions/, one for each network.
template <class Entry>
TrainedRow train_network(const TrainingOptions& options, const TrainingSet& set);

}  // namespace cifar10
