// SPDX-License-Identifier: BSL-1.0
// Seconds of a call on a machine that others use too: thread time, short batches, the best of many.
#pragma once

#include <ctime>

namespace bench {

inline double thread_seconds() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Batches of half a millisecond during `budget` seconds; preemption and neighbours only ever add time, so the least counts.
template <class Action>
double seconds_per_call(Action&& action, double budget = 0.15) {
    action();
    double start = thread_seconds();
    action();
    const double once = thread_seconds() - start;
    const long calls = once > 0.0005 ? 1 : static_cast<long>(0.0005 / (once + 1e-9)) + 1;
    double best = once;
    const double end = thread_seconds() + budget;
    for (int batch = 0; batch < 4 || thread_seconds() < end; ++batch) {
        start = thread_seconds();
        for (long call = 0; call < calls; ++call) action();
        const double seconds = (thread_seconds() - start) / static_cast<double>(calls);
        if (seconds < best) best = seconds;
    }
    return best;
}

}  // namespace bench
