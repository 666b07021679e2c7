// SPDX-License-Identifier: BSL-1.0
#include "../session_of.hpp"

template cifar10::TrainedRow cifar10::train_network<cifar10::LearnedW2A2Even>(const TrainingOptions&, const TrainingSet&);
