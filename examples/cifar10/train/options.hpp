// SPDX-License-Identifier: BSL-1.0
// What the command line of the trainer asks for.
#pragma once

#include <cstddef>
#include <string>

namespace cifar10 {

struct TrainingOptions {
    std::string data = "../shared/data";   ///< folder of the images and the float weights
    std::string weights;                   ///< a file of float weights to begin with
    std::string unpacked;                  ///< folder of train_2.bin ... train_5.bin, where they are not among the others
    std::string precision = "W2A2";
    std::size_t epochs = 30, seed = 1, threads = 0;
    double rate = 0.05, decay = 5e-5, teacher = 0;
    bool scratch = false;     ///< random weights instead of the float network's
    bool rest = false;        ///< no training: what the checkpoint holds
    bool holdout = false;     ///< 45,000 images to train on, 5,000 of the training set to look at: for choosing settings
    std::string resume;       ///< a checkpoint to go on from and to write
    std::string log;          ///< a line for each epoch
    std::string save, json;   ///< the packed network, and its row
    std::string save_float;   ///< the float weights that were learned
    std::string command;      ///< all words, for the list of runs
    bool help = false;
};

TrainingOptions read_training_options(int count, const char* const* words);
std::string training_help();

}  // namespace cifar10
