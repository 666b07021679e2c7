// SPDX-License-Identifier: BSL-1.0
// runs.txt beside the checkpoints: a line for each training of the folder, for people to look at.
#pragma once

#include <string>

namespace cifar10 {

/// Where a training stands.
struct RunState {
    std::string state;      ///< "trains", "done", or "failed"; one that was killed still "trains", at an old time
    std::string epochs;     ///< "3 of 30"; empty leaves what the list says
    std::string accuracy;   ///< on the test images, after the last whole epoch; empty leaves what the list says
};

/// Sets the line of this checkpoint in its folder's runs.txt. The file is replaced as a whole; of two trainings that write at the
/// same moment one may be missing, until its next epoch. Nothing happens without a checkpoint,
/// or where the list cannot be written.
void record_run(const std::string& checkpoint, const std::string& command, const RunState& now);

}  // namespace cifar10
