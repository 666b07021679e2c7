// SPDX-License-Identifier: BSL-1.0
// What is found out about a row by running it: verdicts, checks, speed.
#pragma once

#include "row.hpp"

namespace cifar10 {

struct Checks {
    Size scalar_pictures = 0;    ///< how many were run on both processors
    Size scalar_different = 0;   ///< of these, where any bit of any number differs
    std::string reload;          ///< what is wrong with the parameters after saving and loading; empty: nothing

    bool passed() const { return scalar_different == 0 && reload.empty(); }
};

struct Speed {
    double microseconds = 0;   ///< for one picture, median of all batches
    double noise = 0;          ///< half the distance of the quartiles, as a part of the median
};

struct Outcome {
    std::vector<Byte> verdicts;   ///< a class for each test picture
    Size correct = 0;
    Checks checks;
    Speed speed;
};

/// Runs the row on all pictures, on all cores.
void evaluate(const Row& row, const Pictures& pictures, Outcome& outcome);
/// At most 200 pictures by the scalar reference and by this processor; parameters saved and loaded.
Checks run_checks(const Row& row, const Pictures& pictures);
/// One thread; batches of the rows take turns, so that what disturbs the machine disturbs all of them alike.
std::vector<Speed> measure_speed(const std::vector<std::unique_ptr<Row>>& rows, const Pictures& pictures);

}  // namespace cifar10
