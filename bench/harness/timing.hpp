// SPDX-License-Identifier: BSL-1.0
// Seconds of a call on a machine that others use too: thread time, short batches, contestants that take turns.
#pragma once

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>
#include <vector>

namespace bench {

inline double thread_seconds() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Does something so many times.
using Repeated = std::function<void(long calls)>;

/// The loop is compiled together with the action, so that a call of a few nanoseconds is not drowned in the call of a function
/// object; what the action writes is taken for read.
template <class Action>
Repeated repeated(Action action) {
    return [action](long calls) {
        for (; calls > 0; --calls) {
            action();
            asm volatile("" : : : "memory");
        }
    };
}

inline double quantile(std::vector<double> values, double part) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::lround(part * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}
inline double median(const std::vector<double>& values) {
    return quantile(values, 0.5);
}
/// Half the distance of the quartiles, as a part of the median.
inline double noise(const std::vector<double>& values) {
    return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);
}

struct Effort {
    double batch_seconds = 0.0004;
    int most_rounds = 201, least_rounds = 7;
    double row_seconds = 0.7;   ///< for all contestants of a row together
    bool alone = false;         ///< only ours
};

/// Seconds of a call, [contestant][round]. In a round every contestant runs one short batch, so that what disturbs the machine
/// disturbs all of them alike, and ratios are taken within a round.
inline std::vector<std::vector<double>> take_turns(const std::vector<Repeated>& contestants, const Effort& effort) {
    const auto seconds_of = [](const Repeated& contestant, long calls) {
        const double start = thread_seconds();
        contestant(calls);
        return (thread_seconds() - start) / static_cast<double>(calls);
    };
    std::vector<long> calls;
    for (const Repeated& contestant : contestants) {
        contestant(1);   // brings code and operands into the caches
        long count = 1;
        while (true) {   // the clock is too coarse to tell a few nanoseconds from one call
            const double seconds = seconds_of(contestant, count) * static_cast<double>(count);
            if (seconds >= effort.batch_seconds / 4) {
                count = std::max(1L, std::lround(static_cast<double>(count) * effort.batch_seconds / seconds));
                break;
            }
            count *= 4;
        }
        calls.push_back(count);
    }
    std::vector<std::vector<double>> seconds(contestants.size());
    const double end = thread_seconds() + effort.row_seconds;
    for (int round = 0; round < effort.least_rounds || (round < effort.most_rounds && thread_seconds() < end); ++round)
        for (std::size_t i = 0; i < contestants.size(); ++i) seconds[i].push_back(seconds_of(contestants[i], calls[i]));
    return seconds;
}

/// The median of quotients that were measured at the same time.
inline double ratio(const std::vector<double>& numerator, const std::vector<double>& denominator) {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < numerator.size(); ++round) ratios.push_back(numerator[round] / denominator[round]);
    return median(ratios);
}

/// For something alone: the median of batches during `budget` seconds.
template <class Action>
double seconds_per_call(Action&& action, double budget = 0.15) {
    return median(take_turns({repeated([&] { action(); })}, {0.0005, 100'000, 4, budget})[0]);
}

}  // namespace bench
