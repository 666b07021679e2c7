// SPDX-License-Identifier: BSL-1.0
// Time that this thread has spent on a processor: other programs on the machine do not count.
#pragma once

#include <algorithm>
#include <ctime>
#include <vector>

namespace cifar10 {

inline double thread_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

/// The value below which `part` of the values lie; reorders them.
inline double quantile(std::vector<double>& values, double part) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace cifar10
