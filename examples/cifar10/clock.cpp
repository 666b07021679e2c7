// SPDX-License-Identifier: BSL-1.0
// The clock, and what is made of many readings.
#include "clock.hpp"

#include <algorithm>
#include <ctime>

namespace cifar10 {

double thread_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

double quantile(std::vector<double>& values, double part) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

double median_microseconds(const std::function<void()>& action) {
    constexpr int batches = 15;
    constexpr double batch_microseconds = 30;
    double start = thread_microseconds();
    action();
    const int calls = 1 + static_cast<int>(batch_microseconds / (thread_microseconds() - start + 0.1));
    std::vector<double> times;
    for (int batch = 0; batch < batches; ++batch) {
        start = thread_microseconds();
        for (int call = 0; call < calls; ++call) action();
        times.push_back((thread_microseconds() - start) / calls);
    }
    return quantile(times, 0.5);
}

}  // namespace cifar10
