// SPDX-License-Identifier: BSL-1.0
#include "../session_of.hpp"

template cifar10::TrainedRow cifar10::train_network<cifar10::LearnedW1A1>(const TrainingOptions&, const TrainingSet&);
