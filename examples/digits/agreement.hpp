// SPDX-License-Identifier: BSL-1.0
// Whether the packed network computes what training saw.
#pragma once

#include "score.hpp"

#include <cmath>

namespace digits {

struct Agreement {
    Size same_answers = 0;
    float largest_difference = 0;   ///< of any output
    float largest_output = 0;       ///< to compare with
};

/// `simulated` is [count][class_count], from train::outputs_of.
inline Agreement compare(const Score& packed, const std::vector<float>& simulated) {
    Agreement agreement;
    for (Size i = 0; i < packed.answers.size(); ++i) {
        const float* const own = packed.outputs.data() + i * class_count;
        const float* const other = simulated.data() + i * class_count;
        if (aquatint::argmax(aquatint::VectorView<const float>(other, class_count)) == packed.answers[i])
            ++agreement.same_answers;
        for (Size k = 0; k < class_count; ++k) {
            agreement.largest_difference = std::max(agreement.largest_difference, std::fabs(own[k] - other[k]));
            agreement.largest_output = std::max(agreement.largest_output, std::fabs(other[k]));
        }
    }
    return agreement;
}

}  // namespace digits
