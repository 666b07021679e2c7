// SPDX-License-Identifier: BSL-1.0
// Time that this thread has spent on a processor: other programs on the machine do not count.
#pragma once

#include <functional>
#include <vector>

namespace cifar10 {

double thread_microseconds();

/// The value below which `part` of the values lie; reorders them.
double quantile(std::vector<double>& values, double part);

/// Median of short batches of a call that may be repeated.
double median_microseconds(const std::function<void()>& action);

}  // namespace cifar10
